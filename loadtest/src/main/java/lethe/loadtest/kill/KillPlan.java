package lethe.loadtest.kill;

import java.time.Duration;

/**
 * How hard a kill run is.
 *
 * @param pairs of phones that write to each other
 * @param messages in all
 * @param kills how often the broker is killed
 * @param seed of everything that is drawn
 * @param drainWithin how long nothing may happen, after everything is healed, before the run is over
 */
public record KillPlan(int pairs, int messages, int kills, long seed, Duration drainWithin) {
    public KillPlan {
        if (pairs < 1 || messages < 2 * pairs || kills < 0) {
            throw new IllegalArgumentException("a kill run has pairs, a message for each phone, and no negative kills");
        }
    }

    /** A minute of silence ends the run. */
    public static KillPlan of(int pairs, int messages, int kills, long seed) {
        return new KillPlan(pairs, messages, kills, seed, Duration.ofMinutes(1));
    }

    /** How many messages a phone sends. The first ones send one more, if it does not come out even. */
    int share(int phone) {
        int phones = 2 * pairs;
        return messages / phones + (phone < messages % phones ? 1 : 0);
    }
}
