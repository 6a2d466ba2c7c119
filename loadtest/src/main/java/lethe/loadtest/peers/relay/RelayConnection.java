package lethe.loadtest.peers.relay;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection of the relay. What does not fit cuts it: a frame over its bound, or a reader that is too slow. */
final class RelayConnection {
    private static final int IN_BYTES = 8 * 1_024;
    private static final int OUT_BYTES = 16 * 1_024;
    private static final int UNNAMED = -1;

    private final Relay relay;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(OUT_BYTES);
    private int number = UNNAMED;
    private boolean waits;

    private RelayConnection(Relay relay, SocketChannel channel, SelectionKey key) {
        this.relay = relay;
        this.channel = channel;
        this.key = key;
    }

    static void open(Relay relay, Selector selector, SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        key.attach(new RelayConnection(relay, channel, key));
    }

    void handle() {
        try {
            if (key.isWritable()) {
                flush();
            }
            if (key.isValid() && key.isReadable()) {
                read();
            }
        } catch (IOException gone) {
            cut();
        }
    }

    private void read() throws IOException {
        if (channel.read(in) < 0) {
            cut();
            return;
        }
        in.flip();
        while (in.remaining() >= Integer.BYTES) {
            int all = Integer.BYTES + in.getInt(in.position());
            if (all < 2 * Integer.BYTES || all > IN_BYTES) {
                cut();
                return;
            }
            if (in.remaining() < all) {
                break;
            }
            frame(all);
            in.position(in.position() + all);
        }
        in.compact();
    }

    private void frame(int bytes) {
        int named = in.getInt(in.position() + Integer.BYTES);
        if (number == UNNAMED) {
            if (!relay.name(named, this)) {
                cut();
                return;
            }
            number = named;
        }
        RelayConnection to = relay.connection(named);
        if (to != null) {
            to.take(in, bytes);
        }
    }

    private void take(ByteBuffer from, int bytes) {
        if (out.remaining() < bytes) {
            cut();
            return;
        }
        out.put(out.position(), from, from.position(), bytes);
        out.position(out.position() + bytes);
        if (!waits) {
            waits = true;
            relay.writeLater(this);
        }
    }

    /** Writes what the socket takes, the rest when it takes more. */
    void flush() {
        waits = false;
        if (!key.isValid()) {
            return;
        }
        out.flip();
        try {
            channel.write(out);
            boolean more = out.hasRemaining();
            if (more != ((key.interestOps() & SelectionKey.OP_WRITE) != 0)) {
                key.interestOps(more ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            }
        } catch (IOException gone) {
            cut();
        }
        out.compact();
    }

    private void cut() {
        relay.forget(number, this);
        key.cancel();
        try {
            channel.close();
        } catch (IOException closed) {
            // Gone either way.
        }
    }
}
