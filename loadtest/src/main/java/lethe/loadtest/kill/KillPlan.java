package lethe.loadtest.kill;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How hard a kill run is.
 *
 * @param pairs of phones that write to each other
 * @param messages in all
 * @param kills how many outages there are
 * @param victims what dies in them, in turn
 * @param seed of everything that is drawn
 * @param outlasting whether some outages of Cassandra alone are longer than a broker's subscribers try to reach it
 * @param drainWithin how long nothing may happen, after everything is healed, before the run is over
 */
public record KillPlan(
        int pairs, int messages, int kills, Set<Victim> victims, long seed, boolean outlasting, Duration drainWithin) {
    /** A phone asks after a held message every two minutes, should the recipient's actor have died meanwhile. */
    private static final Duration DRAIN_WITHIN = Duration.ofMinutes(3);

    public KillPlan {
        victims = Set.copyOf(victims);
        if (pairs < 2 || messages < 2 * pairs || kills < 0 || victims.isEmpty()) {
            throw new IllegalArgumentException("a kill run has two pairs or more, one of which stays on the network, a"
                    + " message for each phone, no negative kills, and victims");
        }
    }

    /** All kinds of victims; no outage is longer than a start takes, and a second. */
    public static KillPlan of(int pairs, int messages, int kills, long seed) {
        return new KillPlan(pairs, messages, kills, EnumSet.allOf(Victim.class), seed, false, DRAIN_WITHIN);
    }

    public KillPlan with(Set<Victim> others) {
        return new KillPlan(pairs, messages, kills, others, seed, outlasting, drainWithin);
    }

    /** Every fifth outage of Cassandra alone takes half a minute more. */
    public KillPlan withLongOutages() {
        return new KillPlan(pairs, messages, kills, victims, seed, true, drainWithin);
    }

    /** How many messages a phone sends. The first ones send one more, if it does not come out even. */
    int share(int phone) {
        int phones = 2 * pairs;
        return messages / phones + (phone < messages % phones ? 1 : 0);
    }
}
