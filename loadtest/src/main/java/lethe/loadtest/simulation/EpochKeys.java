package lethe.loadtest.simulation;

import static lethe.loadtest.simulation.Timeline.SECOND;

/**
 * Which epochs have a key that is alive: the present one and the one before. All nodes have the same; how they come to
 * that is not simulated. Keys have no bytes.
 */
final class EpochKeys {
    /** Shorter than in an installation, so that a run has many. */
    static final long LENGTH = 60 * SECOND;

    private final Timeline timeline;
    private final boolean rolls;
    private long lostUpTo = Long.MIN_VALUE;
    private long losses;

    /**
     * Keys of a run.
     *
     * @param rolls whether they are replaced at all
     */
    EpochKeys(Timeline timeline, boolean rolls) {
        this.timeline = timeline;
        this.rolls = rolls;
    }

    /** The present epoch. After a loss of all keys another one has begun. */
    long epoch() {
        return (rolls ? timeline.now() / LENGTH : 0) + losses;
    }

    boolean isAlive(long epoch) {
        return epoch > lostUpTo && epoch >= epoch() - 1;
    }

    /** All keys are gone, and others are made. */
    void loseAll() {
        lostUpTo = epoch();
        losses++;
    }
}
