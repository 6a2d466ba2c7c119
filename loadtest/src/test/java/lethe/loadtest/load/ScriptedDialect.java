package lethe.loadtest.load;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * A protocol of numbers, eight bytes each: what comes has arrived. Keeps what it was told to send, and writes nothing.
 */
final class ScriptedDialect implements Dialect {
    private final List<Long> sent = new ArrayList<>();

    /** The numbers that it was told to send since this was asked last. */
    List<Long> sent() {
        var all = List.copyOf(sent);
        sent.clear();
        return all;
    }

    @Override
    public void opened(Line line) {
        // Nothing is logged in: a test says when it is ready.
    }

    @Override
    public void read(ByteBuf in, Line line) {
        while (in.readableBytes() >= Long.BYTES) {
            line.arrived(in.readLong());
        }
    }

    @Override
    public void send(long number, Line line) {
        sent.add(number);
    }
}
