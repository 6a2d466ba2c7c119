package lethe.loadtest.peers.mqtt;

import io.netty.buffer.ByteBuf;
import lethe.loadtest.load.Dialect;
import lethe.loadtest.load.Line;
import lethe.loadtest.peers.Contents;
import lethe.loadtest.peers.Half;

/** MQTT 3.1.1, QoS 1 both ways: each half has a topic of its own; the receipt is a message to the sender's topic. */
public final class MqttDialect implements Dialect {
    private static final int MOST_PACKET_BYTES = 64;
    private static final int LAST_PACKET = 0xffff;
    private static final int QOS_BITS = 0x06;
    private static final int TYPE_SHIFT = 4;

    private final Half half;
    private final Contents contents;
    private int packet;

    public MqttDialect(Half half, Contents contents) {
        this.half = half;
        this.contents = contents;
    }

    @Override
    public void opened(Line line) {
        ByteBuf out = line.buffer(MOST_PACKET_BYTES);
        MqttPackets.connect(out, half.own());
        line.write(out);
    }

    @Override
    public void read(ByteBuf in, Line line) {
        for (int bytes = MqttPackets.wholePacket(in); bytes > 0; bytes = MqttPackets.wholePacket(in)) {
            int end = in.readerIndex() + bytes;
            packet(in, line);
            in.readerIndex(end);
        }
    }

    private void packet(ByteBuf in, Line line) {
        int head = in.readUnsignedByte();
        while (in.readByte() < 0) {
            // The rest of the length, known already.
        }
        switch (head >> TYPE_SHIFT) {
            case MqttPackets.CONNACK -> connected(in, line);
            case MqttPackets.SUBACK -> subscribed(in, line);
            case MqttPackets.PUBLISH -> came(head, in, line);
            case MqttPackets.PUBACK -> {
                // Mosquitto has it, in memory only; what counts is the receipt.
            }
            default -> line.failed("a packet that nobody asked for: " + Integer.toHexString(head));
        }
    }

    private void connected(ByteBuf in, Line line) {
        int code = in.skipBytes(1).readUnsignedByte();
        if (code != 0) {
            line.failed("not let in: return code " + code);
            return;
        }
        ByteBuf out = line.buffer(MOST_PACKET_BYTES);
        MqttPackets.subscribe(out, nextPacket(), half.own());
        line.write(out);
    }

    private static void subscribed(ByteBuf in, Line line) {
        int code = in.skipBytes(Short.BYTES).readUnsignedByte();
        if (code == MqttPackets.QOS_1) {
            line.ready();
        } else {
            line.failed("not subscribed: return code " + code);
        }
    }

    private void came(int head, ByteBuf in, Line line) {
        if ((head & QOS_BITS) == 0) {
            line.failed("a message came without QoS 1");
            return;
        }
        int id = in.skipBytes(in.readUnsignedShort()).readUnsignedShort();
        long number = in.readLong();
        ByteBuf out = line.buffer(2 * MOST_PACKET_BYTES);
        MqttPackets.acknowledge(out, id);
        if (half.sends()) {
            line.write(out);
            line.completed(number);
            return;
        }
        line.arrived(number);
        publish(out, number);
        line.write(out);
    }

    @Override
    public void send(long number, Line line) {
        ByteBuf out = line.buffer(MOST_PACKET_BYTES + contents.bytes(true));
        publish(out, number);
        line.write(out);
    }

    private void publish(ByteBuf out, long number) {
        MqttPackets.publish(out, nextPacket(), half.other(), contents.bytes(half.sends()));
        contents.write(out, half.sends(), number);
    }

    /** From 1 on, and anew: far more than are ever unacknowledged. */
    private int nextPacket() {
        packet = packet % LAST_PACKET + 1;
        return packet;
    }
}
