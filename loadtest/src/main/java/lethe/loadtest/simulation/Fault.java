package lethe.loadtest.simulation;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A kind of trouble that a simulated run may have. */
public enum Fault {
    /** Nodes die, and come back with nothing in memory. */
    NODE_CRASHES,
    /** Phones die between any two things that they do. What was on their disk is there again. */
    PHONE_CRASHES,
    /** Nodes stand still, and go on as if nothing had been. */
    PAUSES,
    /** Nodes do not reach each other, or the store. */
    PARTITIONS,
    /** Subscribers move: one owner is stopped, and the next begins elsewhere. */
    HAND_OVERS,
    /** Subscribers get another owner while the one before lives on. */
    TWO_OWNERS,
    /** Sockets break, and what nodes tell each other does not arrive. */
    LOSS,
    /** What senders want of a subscriber comes twice, the second time late. */
    DUPLICATES,
    /** The store is away, does something and does not say so, or does it when nobody waits for it any more. */
    STORE,
    /** Clocks of nodes and phones go wrong. */
    SKEW,
    /** Epoch keys are replaced, and now and then all are lost, with everything in the nodes' memory. */
    KEYS,
    /** Subscribers opt out, and in again. */
    OPT_OUTS,
    /** Senders want messages back. */
    REVOCATIONS,
    /**
     * Some messages live for seconds. Not together with {@link #KEYS}: what is lost late may end as lost. Nor with
     * {@link #SKEW}: what one node takes for over is not over for another.
     */
    SHORT_LIVES;

    /** For people, for example {@code two-owners}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one with a word; empty if there is none. */
    public static Optional<Fault> ofWord(String word) {
        return Arrays.stream(values())
                .filter(fault -> fault.word().equals(word))
                .findFirst();
    }

    /** Whether these may happen in one run. */
    static boolean goTogether(Set<Fault> faults) {
        return !faults.contains(SHORT_LIVES) || (!faults.contains(KEYS) && !faults.contains(SKEW));
    }

    /** Drawn from a seed: one of four runs has all that go together, the others about two of three. */
    static Set<Fault> drawn(Dice dice) {
        Set<Fault> drawn = EnumSet.allOf(Fault.class);
        if (!dice.oneIn(4)) {
            for (Fault fault : values()) {
                if (dice.oneIn(3)) {
                    drawn.remove(fault);
                }
            }
        }
        drawn.removeAll(dice.oneIn(2) ? Set.of(KEYS, SKEW) : Set.of(SHORT_LIVES));
        return drawn;
    }
}
