package lethe.loadtest.simulation;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lethe.core.queue.Slot;
import lethe.loadtest.simulation.Row.Address;
import lethe.loadtest.simulation.Row.Item;

/** One incarnation's right to write, and what it must remember between saves; as in {@code persistence.fence}. */
final class Claim {
    private static final long MICROS_PER_MILLI = 1_000;

    final long number;
    final long life;
    final boolean recovered;

    /** Rows that no longer count and are not yet known to be deleted. */
    final Set<Address> gone = new LinkedHashSet<>();

    private final Clock clock;
    private final Map<Item, Kept> keys = new LinkedHashMap<>();
    private Set<Address> ghosts = Set.of();
    private long stateIncarnation;
    private boolean stateKnown;
    private long latest;
    private long renewedIn = Long.MIN_VALUE;
    private boolean keysStored;

    long loadedSequence;
    boolean superseded;
    boolean headStored;

    private record Kept(Address address, long epoch) {}

    private Claim(long number, long life, boolean recovered, Clock clock) {
        this.number = number;
        this.life = life;
        this.recovered = recovered;
        this.clock = clock;
    }

    /** Of a subscriber that nothing was stored of. Its state does not know the number. */
    static Claim withoutHead(long number, long life, Clock clock) {
        return new Claim(number, life, false, clock);
    }

    /** Of a subscriber whose state was read under this number. */
    static Claim of(Reading reading, long number, long life, Clock clock) {
        Claim claim = new Claim(number, life, true, clock);
        claim.stateIncarnation = number;
        claim.stateKnown = true;
        claim.latest = reading.latestTimestamp();
        claim.gone.addAll(reading.gone());
        claim.ghosts = reading.ghosts();
        claim.loadedSequence = reading.headSequence();
        claim.keysStored = reading.hasKeys();
        reading.keys().forEach((address, epoch) -> claim.keep(address, epoch));
        return claim;
    }

    /** Whether this is the state that it was taken for, or the first one. */
    boolean accepts(long incarnationOfState) {
        if (!stateKnown) {
            stateIncarnation = incarnationOfState;
            stateKnown = true;
        }
        return stateIncarnation == incarnationOfState;
    }

    Slot inThisIncarnation(Slot slot) {
        return slot.incarnation() == stateIncarnation ? new Slot(number, slot.number()) : slot;
    }

    /** The timestamp for one write: rising, and above all that was read. */
    long timestamp() {
        latest = Math.max(latest + 1, clock.millis() * MICROS_PER_MILLI);
        return latest;
    }

    /** The ghosts, once. */
    Set<Address> takeGhosts() {
        Set<Address> found = ghosts;
        ghosts = Set.of();
        return found;
    }

    void keep(Address address, long epoch) {
        keys.put(address.item(), new Kept(address, epoch));
    }

    void destroy(Address address) {
        keys.remove(address.item());
    }

    /** The rows whose keys are older than an epoch, to be said again in it; empty if there are none, or it was done. */
    Optional<Set<Address>> renewal(long epoch) {
        if (renewedIn >= epoch) {
            return Optional.empty();
        }
        renewedIn = epoch;
        Set<Address> older = new LinkedHashSet<>();
        keys.values().stream().filter(kept -> kept.epoch() < epoch).forEach(kept -> older.add(kept.address()));
        keysStored |= !older.isEmpty();
        return older.isEmpty() ? Optional.empty() : Optional.of(older);
    }

    /** Whether a row of keys is there that nothing needs any more; once. */
    boolean takeSuperfluousKeys() {
        boolean superfluous = keysStored && keys.isEmpty();
        keysStored &= !superfluous;
        return superfluous;
    }
}
