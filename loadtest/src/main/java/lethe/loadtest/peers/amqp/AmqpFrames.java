package lethe.loadtest.peers.amqp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Writes the frames of AMQP 0-9-1 that a client sends here; all but the first go over channel 1. */
final class AmqpFrames {
    static final int METHOD = 1;
    static final int HEADER = 2;
    static final int BODY = 3;

    /** Type, channel and size. */
    static final int HEAD_BYTES = 7;

    static final int END = 0xce;

    static final int MOST_FRAME_BYTES = 131_072;

    /** The frame of a message's properties. */
    private static final int HEADER_BYTES = 15;

    private static final int BASIC = 60;
    private static final int DELIVERY_MODE_FLAG = 0x1000;
    private static final int PERSISTENT = 2;
    private static final int DURABLE = 2;
    private static final int MOST_CHANNELS = 2_047;
    private static final int EMPTY_TABLE = 0;

    private AmqpFrames() {}

    static void protocol(ByteBuf out) {
        out.writeCharSequence("AMQP", StandardCharsets.US_ASCII);
        out.writeInt(0x00000901);
    }

    static void startOk(ByteBuf out, String user, String password) {
        int from = begin(out, 0, AmqpMethod.START_OK);
        String response = "\0" + user + "\0" + password;
        out.writeInt(EMPTY_TABLE);
        text(out, "PLAIN");
        out.writeInt(response.length());
        out.writeCharSequence(response, StandardCharsets.US_ASCII);
        text(out, "en_US");
        end(out, from);
    }

    /** No heartbeats: a run is short, and its end closes all. */
    static void tuneOk(ByteBuf out) {
        int from = begin(out, 0, AmqpMethod.TUNE_OK);
        out.writeShort(MOST_CHANNELS).writeInt(MOST_FRAME_BYTES).writeShort(0);
        end(out, from);
    }

    static void open(ByteBuf out, String host) {
        int from = begin(out, 0, AmqpMethod.OPEN);
        text(out, host);
        text(out, "");
        out.writeByte(0);
        end(out, from);
    }

    static void channelOpen(ByteBuf out) {
        int from = begin(out, 1, AmqpMethod.CHANNEL_OPEN);
        text(out, "");
        end(out, from);
    }

    static void confirmSelect(ByteBuf out) {
        int from = begin(out, 1, AmqpMethod.CONFIRM_SELECT);
        out.writeByte(0);
        end(out, from);
    }

    /** Durable: it survives a restart, and so do its persistent messages. */
    static void declare(ByteBuf out, String queue) {
        int from = begin(out, 1, AmqpMethod.QUEUE_DECLARE);
        text(out.writeShort(0), queue);
        out.writeByte(DURABLE).writeInt(EMPTY_TABLE);
        end(out, from);
    }

    /** With acknowledgements by hand. */
    static void consume(ByteBuf out, String queue) {
        int from = begin(out, 1, AmqpMethod.CONSUME);
        text(out.writeShort(0), queue);
        text(out, "");
        out.writeByte(0).writeInt(EMPTY_TABLE);
        end(out, from);
    }

    /**
     * A persistent message's method and properties, and the head of its one body frame; body and {@link #END} follow.
     */
    static void publish(ByteBuf out, String queue, int bodyBytes) {
        int from = begin(out, 1, AmqpMethod.PUBLISH);
        text(out.writeShort(0), "");
        text(out, queue);
        out.writeByte(0);
        end(out, from);
        out.writeByte(HEADER).writeShort(1).writeInt(HEADER_BYTES);
        out.writeShort(BASIC).writeShort(0).writeLong(bodyBytes);
        out.writeShort(DELIVERY_MODE_FLAG).writeByte(PERSISTENT).writeByte(END);
        out.writeByte(BODY).writeShort(1).writeInt(bodyBytes);
    }

    static void acknowledge(ByteBuf out, long tag) {
        int from = begin(out, 1, AmqpMethod.ACK);
        out.writeLong(tag).writeByte(0);
        end(out, from);
    }

    /** The bytes of the frame that begins at the reader index, or 0 if it is still incomplete. */
    static int wholeFrame(ByteBuf in) {
        if (in.readableBytes() < HEAD_BYTES) {
            return 0;
        }
        long all = HEAD_BYTES + in.getUnsignedInt(in.readerIndex() + 3) + 1;
        return all <= in.readableBytes() ? (int) all : 0;
    }

    private static int begin(ByteBuf out, int channel, int method) {
        int from = out.writerIndex();
        out.writeByte(METHOD).writeShort(channel).writeInt(0).writeInt(method);
        return from;
    }

    private static void end(ByteBuf out, int from) {
        out.setInt(from + 3, out.writerIndex() - from - HEAD_BYTES);
        out.writeByte(END);
    }

    private static void text(ByteBuf out, String ascii) {
        out.writeByte(ascii.length());
        out.writeCharSequence(ascii, StandardCharsets.US_ASCII);
    }
}
