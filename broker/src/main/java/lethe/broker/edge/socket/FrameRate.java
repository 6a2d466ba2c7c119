package lethe.broker.edge.socket;

/** Counts a phone's control frames by the second. */
final class FrameRate {
    private static final long SECOND = 1_000_000_000L;

    private final int mostPerSecond;
    private long since;
    private int count;

    FrameRate(int mostPerSecond, long nanoTime) {
        this.mostPerSecond = mostPerSecond;
        this.since = nanoTime;
    }

    /**
     * Counts one.
     *
     * @return whether this second has had too many
     */
    boolean exceeds(long nanoTime) {
        if (nanoTime - since >= SECOND) {
            since = nanoTime;
            count = 0;
        }
        return ++count > mostPerSecond;
    }
}
