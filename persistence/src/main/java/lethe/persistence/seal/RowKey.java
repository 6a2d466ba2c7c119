package lethe.persistence.seal;

import java.util.Arrays;

/** The fresh key of one row. Never printed. */
public final class RowKey {
    private final byte[] bytes;
    private final long epoch;

    RowKey(byte[] bytes, long epoch) {
        this.bytes = bytes;
        this.epoch = epoch;
    }

    /** The epoch under whose key the row itself keeps it. */
    public long epoch() {
        return epoch;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Overwrites the key: its row is gone. */
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "RowKey[***]";
    }
}
