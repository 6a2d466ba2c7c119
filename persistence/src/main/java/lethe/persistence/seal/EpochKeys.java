package lethe.persistence.seal;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The epoch keys of a node: those that are alive. Keys are made ahead of their time, so that no write waits for one,
 * and the newest whose epoch has begun is the present one. Safe for use by many threads.
 */
public final class EpochKeys {
    private final ConcurrentSkipListMap<Long, EpochKey> alive = new ConcurrentSkipListMap<>();
    private final Epochs epochs;
    private final KeyEscrow escrow;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    private EpochKeys(Epochs epochs, KeyEscrow escrow, Clock clock) {
        this.epochs = epochs;
        this.escrow = escrow;
        this.clock = clock;
    }

    /**
     * Recalls what the escrow keeps, and makes what is missing. Blocks.
     *
     * @throws IOException if the escrow fails
     */
    public static EpochKeys open(Epochs epochs, KeyEscrow escrow, Clock clock) throws IOException {
        EpochKeys keys = new EpochKeys(epochs, escrow, clock);
        for (Map.Entry<Long, byte[]> kept : escrow.recall().entrySet()) {
            keys.alive.put(kept.getKey(), new EpochKey(kept.getKey(), kept.getValue()));
            Arrays.fill(kept.getValue(), (byte) 0);
        }
        keys.prepare();
        return keys;
    }

    public Epochs epochs() {
        return epochs;
    }

    /**
     * Makes the keys of the present epoch and of the next, unless they are there. Blocks.
     *
     * @throws IOException if the escrow does not keep one: then it is not used
     */
    public synchronized void prepare() throws IOException {
        long now = epochs.at(clock.instant());
        for (long epoch = now; epoch <= now + 1; epoch++) {
            if (!alive.containsKey(epoch)) {
                byte[] key = new byte[EpochKey.LENGTH];
                random.nextBytes(key);
                byte[] kept = escrow.keep(epoch, key);
                alive.put(epoch, new EpochKey(epoch, kept));
                Arrays.fill(key, (byte) 0);
                Arrays.fill(kept, (byte) 0);
            }
        }
    }

    /** Epochs whose keys may go as soon as nothing needs them: they have been over for an epoch. Oldest first. */
    public List<Long> overdue() {
        long oldest = epochs.at(clock.instant()) - 1;
        return List.copyOf(alive.headMap(oldest).keySet());
    }

    /**
     * Destroys the key of an epoch, here and in escrow. Blocks.
     *
     * @throws IOException if the escrow fails: then the key stays, and it is to be tried again
     */
    public synchronized void forget(long epoch) throws IOException {
        EpochKey key = alive.get(epoch);
        if (key != null) {
            escrow.forget(epoch);
            alive.remove(epoch);
            key.destroy();
        }
    }

    /** The epoch under which is sealed now. */
    public long current() {
        return currentKey().epoch();
    }

    EpochKey currentKey() {
        Map.Entry<Long, EpochKey> newest = alive.floorEntry(epochs.at(clock.instant()));
        // The clock was set back, and nothing has been prepared since.
        return newest == null ? alive.firstEntry().getValue() : newest.getValue();
    }

    /** The key of an epoch, if it is alive. */
    Optional<EpochKey> find(long epoch) {
        return Optional.ofNullable(alive.get(epoch));
    }

    /** How many keys are alive. */
    public int count() {
        return alive.size();
    }
}
