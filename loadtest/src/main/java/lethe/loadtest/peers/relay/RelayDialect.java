package lethe.loadtest.peers.relay;

import io.netty.buffer.ByteBuf;
import lethe.loadtest.load.Dialect;
import lethe.loadtest.load.Line;
import lethe.loadtest.peers.Contents;
import lethe.loadtest.peers.Half;

/**
 * The relay's frames: the message goes to the recipient's number, the receipt to the sender's. Nothing is logged in.
 */
public final class RelayDialect implements Dialect {
    private static final int HEAD_BYTES = 2 * Integer.BYTES;

    private final boolean sends;
    private final int own;
    private final int other;
    private final Contents contents;
    private boolean known;

    public RelayDialect(int pair, Half half, Contents contents) {
        this.sends = half.sends();
        this.own = 2 * pair + (sends ? 0 : 1);
        this.other = 2 * pair + (sends ? 1 : 0);
        this.contents = contents;
    }

    @Override
    public void opened(Line line) {
        line.write(line.buffer(HEAD_BYTES).writeInt(Integer.BYTES).writeInt(own));
    }

    @Override
    public void read(ByteBuf in, Line line) {
        while (in.readableBytes() >= Integer.BYTES
                && in.readableBytes() >= Integer.BYTES + in.getInt(in.readerIndex())) {
            int end = in.readerIndex() + Integer.BYTES + in.readInt();
            in.skipBytes(Integer.BYTES);
            if (known) {
                came(in.readLong(), line);
            } else {
                known = true;
                line.ready();
            }
            in.readerIndex(end);
        }
    }

    private void came(long number, Line line) {
        if (sends) {
            line.completed(number);
        } else {
            line.arrived(number);
            send(number, line);
        }
    }

    @Override
    public void send(long number, Line line) {
        int bytes = contents.bytes(sends);
        ByteBuf out = line.buffer(HEAD_BYTES + bytes);
        out.writeInt(Integer.BYTES + bytes).writeInt(other);
        contents.write(out, sends, number);
        line.write(out);
    }
}
