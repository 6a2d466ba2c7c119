package lethe.loadtest.peers.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The floor: takes frames from one connection and gives them to another. One thread, plain NIO, no logic.
 *
 * <p>A frame is the length of what follows, the number of a connection, and bytes. A connection's first frame names
 * itself, without bytes, and comes back to it.
 */
final class Relay implements AutoCloseable {
    private static final int BACKLOG = 4_096;
    private static final int MOST_NUMBER = 1 << 20;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final List<RelayConnection> unwritten = new ArrayList<>();
    private @Nullable RelayConnection[] numbered = new RelayConnection[1_024];

    /** Listens; nothing is answered before {@link #run}. */
    Relay(InetSocketAddress address) throws IOException {
        listener.bind(address, BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    /** Relays until it is closed. */
    void run() throws IOException {
        while (selector.isOpen()) {
            selector.select(this::handle);
            unwritten.forEach(RelayConnection::flush);
            unwritten.clear();
        }
    }

    private void handle(SelectionKey key) {
        if (key.attachment() instanceof RelayConnection connection) {
            connection.handle();
            return;
        }
        try {
            SocketChannel channel = listener.accept();
            if (channel != null) {
                RelayConnection.open(this, selector, channel);
            }
        } catch (IOException refused) {
            // Whoever came is gone again.
        }
    }

    /** The connection of this number; none while it has not named itself. */
    @Nullable
    RelayConnection connection(int number) {
        return number >= 0 && number < numbered.length ? numbered[number] : null;
    }

    /** Answers whether the number is within bounds. */
    boolean name(int number, RelayConnection connection) {
        if (number < 0 || number >= MOST_NUMBER) {
            return false;
        }
        if (number >= numbered.length) {
            numbered = Arrays.copyOf(numbered, Math.max(number + 1, 2 * numbered.length));
        }
        numbered[number] = connection;
        return true;
    }

    void forget(int number, RelayConnection connection) {
        if (connection(number) == connection) {
            numbered[number] = null;
        }
    }

    /** Its bytes leave when all that has come was handled. */
    void writeLater(RelayConnection connection) {
        unwritten.add(connection);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        selector.close();
    }
}
