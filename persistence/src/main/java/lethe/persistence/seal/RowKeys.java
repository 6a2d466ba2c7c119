package lethe.persistence.seal;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.persistence.row.RowAddress;
import lethe.persistence.row.RowKind;

/**
 * The keys of one entity's rows that can be forgotten, and whether they are sealed under the present epoch. Used by one
 * thread at a time.
 */
public final class RowKeys {
    private static final int ID = 16;
    private static final int ENTRY = ID + Long.BYTES + EpochKey.LENGTH;

    private final Map<Opaque, Kept> keys = new HashMap<>();
    private long renewedIn = Long.MIN_VALUE;
    private boolean stored;

    private record Kept(long incarnation, RowKey key) {}

    /** A row is there; another one of the same item is not any more. */
    public void put(RowAddress address, RowKey key) {
        destroy(address);
        keys.put(address.item(), new Kept(address.incarnation(), key));
    }

    /** An item's row is gone for good: so is its key. */
    public void destroy(RowAddress address) {
        Kept kept = keys.remove(address.item());
        if (kept != null) {
            kept.key().destroy();
        }
    }

    /**
     * What a keys row must say in the given epoch, so that the keys of all older ones may be destroyed: the keys of all
     * rows that are older. Empty if there are none, or it says so already. The caller overwrites them.
     */
    public Optional<byte[]> renewal(long epoch) {
        if (renewedIn >= epoch) {
            return Optional.empty();
        }
        renewedIn = epoch;
        int older = 0;
        for (Kept kept : keys.values()) {
            older += kept.key().epoch() < epoch ? 1 : 0;
        }
        if (older == 0) {
            return Optional.empty();
        }
        ByteBuffer all = ByteBuffer.allocate(older * ENTRY);
        keys.forEach((item, kept) -> {
            if (kept.key().epoch() < epoch) {
                all.put(item.shared())
                        .putLong(kept.incarnation())
                        .put(kept.key().bytes());
            }
        });
        stored = true;
        return Optional.of(all.array());
    }

    /** Whether a keys row is there that nothing needs any more; once. */
    public boolean takeSuperfluous() {
        boolean superfluous = stored && keys.isEmpty();
        stored &= !superfluous;
        return superfluous;
    }

    /** A keys row was found. */
    public void found() {
        stored = true;
    }

    /** The keys that a keys row says, by address. */
    public static Map<RowAddress, byte[]> read(Opaque row) {
        Map<RowAddress, byte[]> read = new HashMap<>();
        ByteBuffer all = ByteBuffer.wrap(row.shared());
        while (all.remaining() >= ENTRY) {
            byte[] id = new byte[ID];
            byte[] key = new byte[EpochKey.LENGTH];
            all.get(id);
            long incarnation = all.getLong();
            all.get(key);
            read.put(new RowAddress(RowKind.HELD, Opaque.wrap(id), incarnation), key);
        }
        return read;
    }
}
