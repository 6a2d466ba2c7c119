package lethe.persistence.seal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * The key of one epoch. Kept outside the heap, so that no collector leaves copies of it behind; whoever uses it gets a
 * copy that is overwritten afterwards. Safe for use by many threads.
 */
final class EpochKey {
    static final int LENGTH = 32;

    private final long epoch;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(LENGTH);
    private boolean destroyed;

    /** Copies the key. */
    EpochKey(long epoch, byte[] key) {
        if (key.length != LENGTH) {
            throw new IllegalArgumentException("an epoch key has " + LENGTH + " bytes");
        }
        this.epoch = epoch;
        bytes.put(0, key);
    }

    long epoch() {
        return epoch;
    }

    /** What becomes of the key's use; empty if it is destroyed. */
    <T> Optional<T> use(Function<byte[], T> use) {
        byte[] copy = new byte[LENGTH];
        synchronized (this) {
            if (destroyed) {
                return Optional.empty();
            }
            bytes.get(0, copy);
        }
        try {
            return Optional.of(use.apply(copy));
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /** Overwrites the key. */
    synchronized void destroy() {
        bytes.put(0, new byte[LENGTH]);
        destroyed = true;
    }

    @Override
    public String toString() {
        return "EpochKey[***]";
    }
}
