package lethe.core.lookup;

/** Bytes as bits, the most significant first. */
final class BitReader {
    private final byte[] bytes;
    private long at;

    BitReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** How many bits are left. */
    long left() {
        return (long) bytes.length * Byte.SIZE - at;
    }

    /** The next bit; there must be one. */
    int bit() {
        int bit = bytes[(int) (at >>> 3)] >>> (7 - (int) (at & 7)) & 1;
        at++;
        return bit;
    }

    /** The next bits as a number; there must be so many. */
    long bits(int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = (value << 1) | bit();
        }
        return value;
    }
}
