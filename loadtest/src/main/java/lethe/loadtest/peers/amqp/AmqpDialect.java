package lethe.loadtest.peers.amqp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import lethe.loadtest.load.Dialect;
import lethe.loadtest.load.Line;
import lethe.loadtest.peers.Contents;
import lethe.loadtest.peers.Half;

/**
 * AMQP 0-9-1 with everything that makes it safe: a durable queue for each half, persistent messages, publisher
 * confirms, acknowledgements by hand. The receipt is a message to the sender's queue.
 */
public final class AmqpDialect implements Dialect {
    private static final int MOST_LOGIN_BYTES = 256;
    private static final int MOST_HEAD_BYTES = 160;
    private static final String GUEST = "guest";

    private final Half half;
    private final Contents contents;
    private final boolean confirmsHold;
    private final Confirms confirms = new Confirms();
    private long deliveryTag;
    private boolean bodyFollows;
    private int declared;

    /**
     * One connection's side.
     *
     * @param confirmsHold whether a publisher confirm means that the broker holds the message; else it only spares the
     *     sender to send it again
     */
    public AmqpDialect(Half half, Contents contents, boolean confirmsHold) {
        this.half = half;
        this.contents = contents;
        this.confirmsHold = confirmsHold;
    }

    @Override
    public void opened(Line line) {
        write(line, AmqpFrames::protocol);
    }

    @Override
    public void read(ByteBuf in, Line line) {
        for (int bytes = AmqpFrames.wholeFrame(in); bytes > 0; bytes = AmqpFrames.wholeFrame(in)) {
            int end = in.readerIndex() + bytes;
            int type = in.readUnsignedByte();
            in.skipBytes(AmqpFrames.HEAD_BYTES - 1);
            if (type == AmqpFrames.METHOD) {
                method(in.readInt(), in, line);
            } else if (type == AmqpFrames.BODY && bodyFollows) {
                bodyFollows = false;
                came(in.readLong(), line);
            }
            in.readerIndex(end);
        }
    }

    private void method(int method, ByteBuf in, Line line) {
        switch (method) {
            case AmqpMethod.START -> write(line, out -> AmqpFrames.startOk(out, GUEST, GUEST));
            case AmqpMethod.TUNE ->
                write(line, out -> {
                    AmqpFrames.tuneOk(out);
                    AmqpFrames.open(out, "/");
                });
            case AmqpMethod.OPEN_OK -> write(line, AmqpFrames::channelOpen);
            case AmqpMethod.CHANNEL_OPEN_OK -> write(line, AmqpFrames::confirmSelect);
            case AmqpMethod.CONFIRM_SELECT_OK ->
                write(line, out -> {
                    AmqpFrames.declare(out, half.own());
                    AmqpFrames.declare(out, half.other());
                });
            case AmqpMethod.QUEUE_DECLARE_OK -> declared(line);
            case AmqpMethod.CONSUME_OK -> line.ready();
            case AmqpMethod.DELIVER -> {
                deliveryTag = in.skipBytes(in.readUnsignedByte()).readLong();
                bodyFollows = true;
            }
            case AmqpMethod.ACK -> confirmed(in.readLong(), in.readBoolean(), line);
            case AmqpMethod.NACK ->
                confirms.settle(in.readLong(), (in.readByte() & 1) != 0, number -> line.refused(number, Duration.ZERO));
            case AmqpMethod.CLOSE, AmqpMethod.CHANNEL_CLOSE -> {
                int code = in.readUnsignedShort();
                line.failed(code + " " + in.readCharSequence(in.readUnsignedByte(), StandardCharsets.UTF_8));
            }
            default -> line.failed("a method that nobody asked for: " + Integer.toHexString(method));
        }
    }

    private void confirmed(long tag, boolean upToIt, Line line) {
        confirms.settle(tag, upToIt, number -> {
            if (confirmsHold) {
                line.held(number);
            }
        });
    }

    /** Both queues are there: whoever comes first can send to who comes later. */
    private void declared(Line line) {
        declared++;
        if (declared == 2) {
            write(line, out -> AmqpFrames.consume(out, half.own()));
        }
    }

    private void came(long number, Line line) {
        if (half.sends()) {
            write(line, out -> AmqpFrames.acknowledge(out, deliveryTag));
            line.completed(number);
            return;
        }
        line.arrived(number);
        write(line, out -> {
            AmqpFrames.acknowledge(out, deliveryTag);
            publish(out, number);
        });
    }

    @Override
    public void send(long number, Line line) {
        confirms.sent(number);
        ByteBuf out = line.buffer(MOST_HEAD_BYTES + contents.bytes(true));
        publish(out, number);
        line.write(out);
    }

    private void publish(ByteBuf out, long number) {
        AmqpFrames.publish(out, half.other(), contents.bytes(half.sends()));
        contents.write(out, half.sends(), number);
        out.writeByte(AmqpFrames.END);
    }

    private static void write(Line line, Consumer<ByteBuf> frames) {
        ByteBuf out = line.buffer(MOST_LOGIN_BYTES);
        frames.accept(out);
        line.write(out);
    }
}
