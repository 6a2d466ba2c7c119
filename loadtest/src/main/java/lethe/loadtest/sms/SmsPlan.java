package lethe.loadtest.sms;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import lethe.core.fallback.Fallback;

/**
 * How hard an SMS drill is.
 *
 * @param pairs of a phone that writes and one that reads
 * @param messages in all
 * @param kills how often something dies
 * @param modes how messages become SMS; each message has one of them
 * @param seed of everything that is drawn
 * @param drainWithin how long nothing may happen, after everything is healed, before the run is over
 */
public record SmsPlan(int pairs, int messages, int kills, Set<Fallback> modes, long seed, Duration drainWithin) {
    /** A phone asks after a held message every two minutes, should the recipient's actor have died meanwhile. */
    private static final Duration DRAIN_WITHIN = Duration.ofMinutes(3);

    public SmsPlan {
        modes = Set.copyOf(modes);
        if (pairs < 1 || messages < pairs || kills < 0 || modes.isEmpty() || modes.contains(Fallback.NONE)) {
            throw new IllegalArgumentException(
                    "an SMS drill has pairs, a message for each, no negative kills, and ways to become an SMS");
        }
    }

    /** In which the sender's phone sends. */
    public static SmsPlan of(int pairs, int messages, int kills, long seed) {
        return new SmsPlan(pairs, messages, kills, EnumSet.of(Fallback.DEVICE), seed, DRAIN_WITHIN);
    }

    public SmsPlan with(Set<Fallback> others) {
        return new SmsPlan(pairs, messages, kills, others, seed, drainWithin);
    }

    /** Whether a gateway and an SMS centre are needed. */
    public boolean needsGateway() {
        return modes.stream().anyMatch(Fallback::needsCapsule);
    }

    /** How many messages a pair exchanges. The first ones exchange one more, if it does not come out even. */
    int share(int pair) {
        return messages / pairs + (pair < messages % pairs ? 1 : 0);
    }
}
