package lethe.loadtest.peers.mqtt;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Writes the packets of MQTT 3.1.1 that a client sends here, and reads the length of those that come. */
final class MqttPackets {
    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int SUBACK = 9;

    static final int QOS_1 = 1;

    private static final int CONNECT_HEAD = 0x10;
    private static final int PUBLISH_QOS_1 = 0x32;
    private static final int PUBACK_HEAD = 0x40;
    private static final int SUBSCRIBE_HEAD = 0x82;
    private static final int LEVEL = 4;
    private static final int CLEAN_SESSION = 2;
    private static final int LENGTH_BITS = 7;
    private static final int LENGTH_MASK = 0x7f;
    private static final int MOST_LENGTH_BYTES = 4;

    private MqttPackets() {}

    /** A new session without an account, without keep-alive. */
    static void connect(ByteBuf out, String client) {
        length(out.writeByte(CONNECT_HEAD), 10 + 2 + client.length());
        text(out, "MQTT");
        out.writeByte(LEVEL).writeByte(CLEAN_SESSION).writeShort(0);
        text(out, client);
    }

    static void subscribe(ByteBuf out, int packet, String topic) {
        length(out.writeByte(SUBSCRIBE_HEAD), 2 + 2 + topic.length() + 1);
        text(out.writeShort(packet), topic);
        out.writeByte(QOS_1);
    }

    /** The head of a message; its payload is to follow. */
    static void publish(ByteBuf out, int packet, String topic, int payloadBytes) {
        length(out.writeByte(PUBLISH_QOS_1), 2 + topic.length() + 2 + payloadBytes);
        text(out, topic);
        out.writeShort(packet);
    }

    static void acknowledge(ByteBuf out, int packet) {
        out.writeByte(PUBACK_HEAD).writeByte(2).writeShort(packet);
    }

    /** The bytes of the packet that begins at the reader index, or 0 if it is still incomplete. */
    static int wholePacket(ByteBuf in) {
        int value = 0;
        for (int i = 1; i <= MOST_LENGTH_BYTES && i < in.readableBytes(); i++) {
            int next = in.getUnsignedByte(in.readerIndex() + i);
            value |= (next & LENGTH_MASK) << (LENGTH_BITS * (i - 1));
            if (next <= LENGTH_MASK) {
                int all = 1 + i + value;
                return all <= in.readableBytes() ? all : 0;
            }
        }
        return 0;
    }

    private static void length(ByteBuf out, int bytes) {
        int rest = bytes;
        for (; rest > LENGTH_MASK; rest >>>= LENGTH_BITS) {
            out.writeByte((rest & LENGTH_MASK) | (LENGTH_MASK + 1));
        }
        out.writeByte(rest);
    }

    private static void text(ByteBuf out, String ascii) {
        out.writeShort(ascii.length());
        out.writeCharSequence(ascii, StandardCharsets.US_ASCII);
    }
}
