package lethe.core.lookup;

import java.io.ByteArrayOutputStream;

/** Bits into bytes, the most significant first; what is left of the last byte is zero. */
final class BitWriter {
    private final ByteArrayOutputStream out;
    private int pending;
    private int count;

    /** With room for so many bytes at first. */
    BitWriter(int room) {
        out = new ByteArrayOutputStream(room);
    }

    /** So many ones, and a zero. */
    void unary(long ones) {
        for (long i = 0; i < ones; i++) {
            bit(1);
        }
        bit(0);
    }

    /** The lowest bits of a number. */
    void bits(long value, int width) {
        for (int i = width - 1; i >= 0; i--) {
            bit((int) (value >>> i) & 1);
        }
    }

    private void bit(int bit) {
        pending = (pending << 1) | bit;
        count++;
        if (count == Byte.SIZE) {
            out.write(pending);
            pending = 0;
            count = 0;
        }
    }

    byte[] toBytes() {
        if (count > 0) {
            out.write(pending << (Byte.SIZE - count));
            pending = 0;
            count = 0;
        }
        return out.toByteArray();
    }
}
