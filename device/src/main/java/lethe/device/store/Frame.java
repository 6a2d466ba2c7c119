package lethe.device.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import lethe.core.identity.Opaque;

/**
 * One batch as it stands in a ledger's file: length, checksum of the length, checksum of the payload, payload.
 *
 * <p>The length has a checksum of its own, so that a damaged length is not taken for a torn tail, behind which
 * everything would be cut off.
 */
final class Frame {
    static final int HEADER = 3 * Integer.BYTES;

    private Frame() {}

    static ByteBuffer encode(List<Opaque> batch) {
        return around(payload(batch));
    }

    static byte[] payload(List<Opaque> batch) {
        int length = batch.stream()
                .mapToInt(record -> Integer.BYTES + record.length())
                .sum();
        ByteBuffer payload = ByteBuffer.allocate(length);
        for (Opaque record : batch) {
            payload.putInt(record.length()).put(record.shared());
        }
        return payload.array();
    }

    static ByteBuffer around(byte[] payload) {
        int length = payload.length;
        return ByteBuffer.allocate(HEADER + length)
                .putInt(length)
                .putInt(checksumOfLength(length))
                .putInt(checksum(ByteBuffer.wrap(payload)))
                .put(payload)
                .flip();
    }

    /** What stands at the buffer's position, which it moves only past a {@link Read.Whole} frame. */
    static Read decode(ByteBuffer file) {
        int start = file.position();
        if (file.remaining() < HEADER) {
            return new Read.Torn();
        }
        int length = file.getInt(start);
        if (length < 0 || file.getInt(start + Integer.BYTES) != checksumOfLength(length)) {
            return onlyZeros(file) ? new Read.Torn() : new Read.Damaged();
        }
        if (file.remaining() - HEADER < length) {
            return new Read.Torn();
        }
        ByteBuffer payload = file.slice(start + HEADER, length);
        if (checksum(payload.duplicate()) != file.getInt(start + 2 * Integer.BYTES)) {
            boolean last = file.remaining() - HEADER == length;
            return last ? new Read.Torn() : new Read.Damaged();
        }
        file.position(start + HEADER + length);
        return new Read.Whole(payload);
    }

    static List<Opaque> records(byte[] batch) {
        ByteBuffer payload = ByteBuffer.wrap(batch);
        List<Opaque> records = new ArrayList<>();
        while (payload.hasRemaining()) {
            byte[] record = new byte[payload.getInt()];
            payload.get(record);
            records.add(Opaque.wrap(record));
        }
        return records;
    }

    private static boolean onlyZeros(ByteBuffer file) {
        for (int i = file.position(); i < file.limit(); i++) {
            if (file.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int checksumOfLength(int length) {
        return checksum(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** What stands at some place of a file. */
    sealed interface Read {
        record Whole(ByteBuffer payload) implements Read {
            byte[] bytes() {
                byte[] bytes = new byte[payload.remaining()];
                payload.get(payload.position(), bytes);
                return bytes;
            }
        }

        /** The phone died while it wrote this, the last frame. */
        record Torn() implements Read {}

        record Damaged() implements Read {}
    }
}
