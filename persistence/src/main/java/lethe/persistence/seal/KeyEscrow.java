package lethe.persistence.seal;

import java.io.IOException;
import java.util.Map;

/**
 * Where epoch keys survive the memory of all nodes, for installations that want to: then what waits survives too, and
 * forgetting is as good as the escrow's. Several nodes may share one. Calls may block; of one node they come one at a
 * time.
 */
public interface KeyEscrow {
    /**
     * The keys that are kept, by epoch. The caller overwrites the arrays.
     *
     * @throws IOException if it cannot be told; then a broker does not start, for it would take what waits for lost
     */
    Map<Long, byte[]> recall() throws IOException;

    /**
     * Keeps a key of 32 bytes, lastingly, before it is used, unless one of that epoch is kept already.
     *
     * @return the key that is kept. The caller overwrites it
     */
    byte[] keep(long epoch, byte[] key) throws IOException;

    /** Destroys a key, lastingly. */
    void forget(long epoch) throws IOException;

    /** Keeps nothing: what waits is lost with the memory of the last node, and senders send it again. */
    static KeyEscrow none() {
        return new KeyEscrow() {
            @Override
            public Map<Long, byte[]> recall() {
                return Map.of();
            }

            @Override
            public byte[] keep(long epoch, byte[] key) {
                return key;
            }

            @Override
            public void forget(long epoch) {}
        };
    }
}
