package lethe.persistence.fence;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lethe.core.lookup.Listing;
import lethe.core.queue.Slot;
import lethe.persistence.row.RowAddress;
import lethe.persistence.seal.RowKeys;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation's right to write, and what its store must remember between saves.
 *
 * <p>Lives in the JVM that took it, from recovery until the entity stops. Saves of one entity follow each other; the
 * completions of its deletes may come from any thread.
 */
final class Claim {

    private final long number;
    private final long life;
    private final WriteClock clock;
    private final boolean recovered;
    private final Set<RowAddress> gone = ConcurrentHashMap.newKeySet();
    private final RowKeys keys = new RowKeys();

    /** Of the reading; deleted after this incarnation's first save, when they cannot count again. */
    private volatile Set<RowAddress> ghosts = Set.of();

    /** The time of the entity's entry in the due index; null if it has none. */
    private volatile @Nullable Instant due;

    /** Times of entries that it does not need and that are not yet known to be deleted: an erasure takes them along. */
    private final Set<Instant> undue = ConcurrentHashMap.newKeySet();

    /** How the subscriber is listed, or may be; null if it is not. */
    private volatile @Nullable Listing listed;

    private volatile long listedEpoch;
    private volatile Instant listedAt = Instant.MIN;

    private volatile boolean superseded;
    private volatile boolean headStored;
    private volatile long loadedSequence;
    private volatile long stateIncarnation;
    private volatile boolean stateKnown;

    private Claim(long number, long life, WriteClock clock, boolean recovered) {
        this.number = number;
        this.life = life;
        this.clock = clock;
        this.recovered = recovered;
    }

    /** Of an entity that nothing was stored of. Its state does not know the number. */
    static Claim withoutHead(long number, long life, WriteClock clock) {
        return new Claim(number, life, clock, false);
    }

    /** Of an entity whose state was read under this number, and knows it. */
    static Claim withHead(long number, long life, WriteClock clock) {
        var claim = new Claim(number, life, clock, true);
        claim.stateIncarnation = number;
        claim.stateKnown = true;
        return claim;
    }

    /** The number with which the entity's present life began. */
    long life() {
        return life;
    }

    /** Gives the timestamps of its writes. */
    WriteClock clock() {
        return clock;
    }

    long number() {
        return number;
    }

    /** Whether there was a head to read, and so rows of older incarnations that may count. */
    boolean isRecovered() {
        return recovered;
    }

    /** Refuses a state that another incarnation left behind: its account of changes does not fit these rows. */
    void accept(long incarnationOfState) {
        if (!stateKnown) {
            stateIncarnation = incarnationOfState;
            stateKnown = true;
        }
        if (stateIncarnation != incarnationOfState) {
            throw new SupersededException("the state belongs to another incarnation than the claim");
        }
    }

    /** An entity that began without rows numbers its slots before it has a number: they mean this claim's. */
    Slot inThisIncarnation(Slot slot) {
        return slot.incarnation() == stateIncarnation ? new Slot(number, slot.number()) : slot;
    }

    /** Likewise the number under which something was stored. */
    long inThisIncarnation(long incarnation) {
        return incarnation == stateIncarnation ? number : incarnation;
    }

    void supersede() {
        superseded = true;
    }

    boolean isSuperseded() {
        return superseded;
    }

    void headStored() {
        headStored = true;
    }

    boolean hasStoredHead() {
        return headStored;
    }

    /** The keys of the rows that wait. Used by one save at a time. */
    RowKeys keys() {
        return keys;
    }

    /** Rows that no longer count and are not yet known to be deleted. */
    Set<RowAddress> gone() {
        return gone;
    }

    void deleted(Collection<RowAddress> addresses) {
        gone.removeAll(addresses);
    }

    /** The time of the entity's entry in the due index. */
    Optional<Instant> due() {
        return Optional.ofNullable(due);
    }

    void due(Optional<Instant> at) {
        due = at.orElse(null);
    }

    /** Times at which an entry of the entity may still be, that it does not need. */
    Set<Instant> undue() {
        return undue;
    }

    /** How the subscriber is listed, or may be. */
    Optional<Listing> listed() {
        return Optional.ofNullable(listed);
    }

    /** A row of it may be there from now on. */
    void knowsOf(Listing listing) {
        listed = listing;
    }

    /** Its row is there. */
    void listed(Listing listing, long epoch, Instant at) {
        if (listing.equals(listed)) {
            listedEpoch = epoch;
            listedAt = at;
        }
    }

    /** Whether its row is there, and was written after a time. */
    boolean isListed(Listing listing, long epoch, Instant after) {
        return listing.equals(listed) && listedEpoch == epoch && listedAt.isAfter(after);
    }

    void unlisted() {
        listed = null;
        listedAt = Instant.MIN;
    }

    /** Remembers of a reading what saves and the journal need. */
    void takeOver(Reading reading) {
        clock.observe(reading.latestTimestamp());
        gone.addAll(reading.gone());
        ghosts = reading.ghosts();
        due = reading.due().orElse(null);
        loadedSequence = reading.headSequence();
        reading.keys(keys);
    }

    /** The ghosts, once. */
    Set<RowAddress> takeGhosts() {
        var found = ghosts;
        ghosts = Set.of();
        return found;
    }

    /** Of the head that was read; 0 for a life that this incarnation began. */
    long loadedSequence() {
        return loadedSequence;
    }
}
