package lethe.loadtest.seizure;

import java.time.Duration;

/**
 * How large a drill is.
 *
 * @param messages of the sealed run, in all
 * @param pairs of phones, one of which writes to the other
 * @param epoch how long a key seals: the promise is made for two of them
 */
public record SeizurePlan(int messages, int pairs, Duration epoch) {
    /** Of what may wait for one phone, one sender may fill a quarter. */
    private static final int MOST_PER_PAIR = 250;

    /** One in so many messages never waits. */
    private static final int LIVE_SHARE = 10;

    private static final Duration SHORTEST_EPOCH = Duration.ofSeconds(1);

    /** How long a subscriber's actor remembers what its devices signed. */
    private static final Duration REPLAYED_WITHIN = Duration.ofMinutes(2);

    /** For the sweep, which goes round each second, and the keeper, who looks twenty times an epoch. */
    private static final Duration MARGIN = Duration.ofSeconds(3);

    public SeizurePlan {
        if (pairs < 1 || messages < LIVE_SHARE * pairs || messages > MOST_PER_PAIR * pairs) {
            throw new IllegalArgumentException(
                    "a pair exchanges between " + LIVE_SHARE + " and " + MOST_PER_PAIR + " messages");
        }
        if (epoch.compareTo(SHORTEST_EPOCH) < 0) {
            throw new IllegalArgumentException("an epoch lasts a second at least");
        }
    }

    /** The control without sealing: a fifth of the messages and of the pairs, as far as a plan may be that small. */
    SeizurePlan control() {
        int few = Math.max(1, pairs / 5);
        int part = Math.max(LIVE_SHARE * few, Math.min(messages / 5, MOST_PER_PAIR * few));
        return new SeizurePlan(part, few, epoch);
    }

    /** Messages that go to phones which are there. */
    int live() {
        return messages / LIVE_SHARE;
    }

    /** Messages that wait for phones which are away. */
    int held() {
        return messages - live();
    }

    /** When everything that waits has newer keys, which were made in the first half of the next epoch. */
    Duration renewedWithin() {
        return epoch.dividedBy(2).plus(epoch).plus(MARGIN);
    }

    /** From the last acknowledgement to the seizure. */
    Duration forgottenWithin() {
        return epoch.multipliedBy(2).plus(MARGIN);
    }

    /**
     * The same, and long enough that nobody is in memory any more because what was signed could be sent again. With
     * shipped epochs that is no longer.
     *
     * @param passed since everybody opted in
     */
    Duration forgottenWithin(Duration passed) {
        Duration nobody = REPLAYED_WITHIN.minus(passed);
        return nobody.isNegative() ? forgottenWithin() : nobody.plus(forgottenWithin());
    }

    /** Shipped: 30 s beside epochs of 5 min. In proportion here. */
    Duration idleAfter() {
        return epoch.dividedBy(10);
    }
}
