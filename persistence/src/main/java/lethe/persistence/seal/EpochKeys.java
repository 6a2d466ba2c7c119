package lethe.persistence.seal;

import akka.Done;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The epoch keys of a node: those that are alive, the same on all nodes. Keys are made ahead of their time, so that no
 * write waits for one, and the newest whose epoch has begun is the present one. Safe for use by many threads.
 */
public final class EpochKeys {
    /** Of each, in bytes. */
    public static final int KEY_LENGTH = EpochKey.LENGTH;

    private final ConcurrentSkipListMap<Long, EpochKey> alive = new ConcurrentSkipListMap<>();
    private final Epochs epochs;
    private final KeyEscrow escrow;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final CompletableFuture<Done> usable = new CompletableFuture<>();

    private EpochKeys(Epochs epochs, KeyEscrow escrow, Clock clock) {
        this.epochs = epochs;
        this.escrow = escrow;
        this.clock = clock;
    }

    /**
     * Recalls what the escrow keeps. Blocks.
     *
     * @throws IOException if the escrow fails
     */
    public static EpochKeys open(Epochs epochs, KeyEscrow escrow, Clock clock) throws IOException {
        EpochKeys keys = new EpochKeys(epochs, escrow, clock);
        for (Map.Entry<Long, byte[]> kept : escrow.recall().entrySet()) {
            keys.alive.put(kept.getKey(), new EpochKey(kept.getKey(), kept.getValue()));
            Arrays.fill(kept.getValue(), (byte) 0);
        }
        keys.lookWhetherUsable();
        return keys;
    }

    public Epochs epochs() {
        return epochs;
    }

    /** Completes when there is a key of the present epoch: before that, nothing is to be sealed. */
    public CompletionStage<Done> usable() {
        return usable.copy();
    }

    /** The present epoch and the next, for which there should be keys. */
    public List<Long> wanted() {
        long now = epochs.at(clock.instant());
        return List.of(now, now + 1);
    }

    /**
     * Makes the keys of the present epoch and of the next, unless they are there. Blocks.
     *
     * @throws IOException if the escrow does not keep one: then it is not used
     */
    public void prepare() throws IOException {
        for (long epoch : wanted()) {
            byte[] key = fresh();
            adopt(epoch, key);
            Arrays.fill(key, (byte) 0);
        }
    }

    /** 32 random bytes. The caller overwrites them. */
    public byte[] fresh() {
        byte[] key = new byte[EpochKey.LENGTH];
        random.nextBytes(key);
        return key;
    }

    /**
     * Takes a key in. If there already is another one of that epoch, and it has not begun, the smaller of both stays:
     * so all nodes come to the same. Blocks.
     *
     * @return whether the key of that epoch is this one now. Not if it has been forgotten
     * @throws IOException if the escrow does not keep it: then it is not used
     */
    public synchronized boolean adopt(long epoch, byte[] key) throws IOException {
        long now = epochs.at(clock.instant());
        if (epoch < now - 1) {
            return alive.containsKey(epoch) && isSame(epoch, key);
        }
        if (alive.containsKey(epoch) && epoch > now && isSmaller(key, epoch)) {
            forget(epoch);
        }
        if (!alive.containsKey(epoch)) {
            byte[] kept = escrow.keep(epoch, key);
            alive.put(epoch, new EpochKey(epoch, kept));
            Arrays.fill(kept == key ? new byte[0] : kept, (byte) 0);
            lookWhetherUsable();
        }
        return isSame(epoch, key);
    }

    private boolean isSame(long epoch, byte[] key) {
        return find(epoch)
                .flatMap(there -> there.use(bytes -> MessageDigest.isEqual(bytes, key)))
                .orElse(false);
    }

    private boolean isSmaller(byte[] key, long epoch) {
        return find(epoch)
                .flatMap(there -> there.use(bytes -> Arrays.compareUnsigned(key, bytes) < 0))
                .orElse(false);
    }

    private void lookWhetherUsable() {
        if (alive.containsKey(epochs.at(clock.instant()))) {
            usable.complete(Done.getInstance());
        }
    }

    /** A copy of a key, for another node. The caller overwrites it. */
    public Optional<byte[]> copy(long epoch) {
        return find(epoch).flatMap(key -> key.use(byte[]::clone));
    }

    /** Epochs whose keys are alive, oldest first. */
    public List<Long> alive() {
        return List.copyOf(alive.keySet());
    }

    /** Destroys all keys in memory, and leaves the escrow: this node has ended. */
    public synchronized void leave() {
        alive.values().forEach(EpochKey::destroy);
        alive.clear();
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
        if (newest == null) {
            // The clock was set back, and nothing has been prepared since.
            newest = alive.firstEntry();
        }
        if (newest == null) {
            throw new IllegalStateException("no epoch key is alive");
        }
        return newest.getValue();
    }

    /** The key of an epoch, if it is alive. */
    Optional<EpochKey> find(long epoch) {
        return Optional.ofNullable(alive.get(epoch));
    }
}
