package lethe.persistence.seal;

import akka.Done;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

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

    /** The newest that this process has forgotten: none as old as that comes again. */
    private long forgotten = Long.MIN_VALUE;

    /** The latest epoch that has begun: a clock that is set back begins none again. */
    private final AtomicLong begun = new AtomicLong(Long.MIN_VALUE);

    /** Since when no key is the present one that is over; those before it may be needed until everybody renewed. */
    private volatile Instant present = Instant.MIN;

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
        // The newest that is kept was made ahead of its time.
        keys.alive.keySet().stream().reduce(Math::max).ifPresent(newest -> keys.begun.set(newest - 1));
        keys.present = clock.instant();
        keys.look();
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
        long now = now();
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
     * @return whether the key of that epoch is this one now. Not if it, or a later one, has been forgotten
     * @throws IOException if the escrow does not keep it: then it is not used
     */
    public synchronized boolean adopt(long epoch, byte[] key) throws IOException {
        long now = now();
        if (epoch <= forgotten) {
            return false;
        }
        if (alive.containsKey(epoch) && epoch > now && isSmaller(key, epoch)) {
            destroy(epoch);
        }
        if (!alive.containsKey(epoch)) {
            byte[] kept = escrow.keep(epoch, key);
            alive.put(epoch, new EpochKey(epoch, kept));
            Arrays.fill(kept == key ? new byte[0] : kept, (byte) 0);
            if (epoch == now) {
                present = clock.instant();
            }
            look();
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

    /** To be called now and then: what is present changes with time. */
    public void look() {
        if (alive.containsKey(now())) {
            usable.complete(Done.getInstance());
        }
    }

    private long now() {
        return begun.accumulateAndGet(epochs.at(clock.instant()), Math::max);
    }

    /** A copy of a key, for another node. The caller overwrites it. */
    public Optional<byte[]> copy(long epoch) {
        return find(epoch).flatMap(key -> key.use(byte[]::clone));
    }

    /** Epochs whose keys are alive, oldest first. */
    public List<Long> alive() {
        return List.copyOf(alive.keySet());
    }

    /**
     * How long ago the epoch of the oldest key that is alive began: what was sealed since then can be opened. Zero if
     * it has not begun; empty without keys.
     */
    public Optional<Duration> oldestAge() {
        return Optional.ofNullable(alive.firstEntry()).map(oldest -> {
            Duration age = Duration.between(epochs.end(oldest.getKey() - 1), clock.instant());
            return age.isNegative() ? Duration.ZERO : age;
        });
    }

    /** Destroys all keys in memory, and leaves the escrow: this node has ended. */
    public synchronized void leave() {
        alive.values().forEach(EpochKey::destroy);
        alive.clear();
    }

    /**
     * Epochs whose keys may go as soon as nothing needs them: they have been over for an epoch, and the key that is
     * used now is of a later one. Oldest first.
     */
    public List<Long> overdue() {
        Map.Entry<Long, EpochKey> current = alive.floorEntry(now());
        return current == null
                ? List.of()
                : List.copyOf(
                        alive.headMap(Math.min(now() - 1, current.getKey())).keySet());
    }

    /**
     * By when everybody has renewed what was sealed under the key of an epoch, if everybody did: half an epoch after
     * the end of that epoch. Or later, if there was no newer key by then, or this process does not know whether there
     * was.
     */
    public Instant renewed(long epoch) {
        Instant regular = epochs.allRenewed(epoch);
        Instant since = present.plus(epochs.length().dividedBy(2));
        return epochs.end(epoch).isAfter(present) ? regular : later(regular, since);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * Destroys the key of an epoch, here and in escrow. Blocks.
     *
     * @throws IOException if the escrow fails: then the key stays, and it is to be tried again
     */
    public synchronized void forget(long epoch) throws IOException {
        destroy(epoch);
        forgotten = Math.max(forgotten, epoch);
    }

    private void destroy(long epoch) throws IOException {
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
        Map.Entry<Long, EpochKey> newest = alive.floorEntry(now());
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
