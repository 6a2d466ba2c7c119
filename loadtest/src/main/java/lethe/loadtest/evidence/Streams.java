package lethe.loadtest.evidence;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What went over connections, put together from captured packets (pcap-savefile(5), Ethernet, IPv4): what lies across
 * two packets is in one piece here. For the loopback, which loses nothing and keeps the order.
 */
public final class Streams {
    private static final int MAGIC = 0xA1B2C3D4;
    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;
    private static final int CAPTURED_LENGTH = 8;
    private static final int ETHERNET = 14;
    private static final int LONGEST_PACKET = 1 << 18;
    private static final int IPV4 = 4;
    private static final int TCP = 6;
    private static final int TCP_FLAGS = 13;
    private static final int SYN = 2;

    private final Path directory;
    private final List<Path> files = new ArrayList<>();

    /** Of connections that are there: another one may have the same ports later. */
    private final Map<String, Direction> directions = new HashMap<>();

    /** One direction of one connection. */
    private static final class Direction {
        private final Path file;
        private int next;
        private boolean begun;

        Direction(Path file) {
            this.file = file;
        }

        /** Appends what is new in a packet; the loopback may send one again. */
        void add(int sequence, ByteBuffer payload) throws IOException {
            int known = begun ? next - sequence : 0;
            if (known < payload.remaining()) {
                payload.position(payload.position() + Math.max(known, 0));
                next = sequence + Math.max(known, 0) + payload.remaining();
                begun = true;
                byte[] bytes = new byte[payload.remaining()];
                payload.get(bytes);
                try (OutputStream out =
                        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                    out.write(bytes);
                }
            }
        }
    }

    private Streams(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes a file for each direction of each connection.
     *
     * @param directory where
     */
    public static List<Path> of(Path packets, Path directory) throws IOException {
        Streams streams = new Streams(Files.createDirectories(directory));
        try (InputStream file = Files.newInputStream(packets);
                DataInputStream in = new DataInputStream(file)) {
            streams.read(in);
        }
        return streams.files;
    }

    private void read(DataInputStream in) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(FILE_HEADER)).order(ByteOrder.LITTLE_ENDIAN);
        if (header.remaining() < FILE_HEADER || header.getInt() != MAGIC) {
            throw new IOException("not a capture of this machine");
        }
        while (true) {
            byte[] packetHeader = in.readNBytes(PACKET_HEADER);
            if (packetHeader.length == 0) {
                return;
            }
            int length =
                    ByteBuffer.wrap(packetHeader).order(ByteOrder.LITTLE_ENDIAN).getInt(CAPTURED_LENGTH);
            if (length < 0 || length > LONGEST_PACKET) {
                throw new IOException("a captured packet of " + length + " bytes");
            }
            byte[] packet = in.readNBytes(length);
            if (packet.length < length) {
                throw new EOFException("the capture ends within a packet");
            }
            packet(ByteBuffer.wrap(packet));
        }
    }

    private void packet(ByteBuffer packet) throws IOException {
        int version = packet.get(ETHERNET) >>> 4;
        if (version != IPV4 || packet.get(ETHERNET + 9) != TCP) {
            return;
        }
        int tcp = ETHERNET + (packet.get(ETHERNET) & 0xF) * 4;
        int end = ETHERNET + Short.toUnsignedInt(packet.getShort(ETHERNET + 2));
        if ((packet.get(tcp + TCP_FLAGS) & SYN) != 0) {
            directions.remove(key(packet, tcp));
        }
        int begin = tcp + (packet.get(tcp + 12) >>> 4 & 0xF) * 4;
        if (begin < end && end <= packet.limit()) {
            ByteBuffer payload = packet.duplicate().limit(end).position(begin);
            direction(packet, tcp).add(packet.getInt(tcp + 4), payload);
        }
    }

    private Direction direction(ByteBuffer packet, int tcp) {
        return directions.computeIfAbsent(key(packet, tcp), unseen -> {
            files.add(directory.resolve("stream-" + files.size() + ".bin"));
            return new Direction(files.get(files.size() - 1));
        });
    }

    /** Addresses and ports. */
    private static String key(ByteBuffer packet, int tcp) {
        return packet.getLong(ETHERNET + 12) + " " + packet.getInt(tcp);
    }
}
