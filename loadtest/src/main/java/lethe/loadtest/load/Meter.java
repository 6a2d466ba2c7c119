package lethe.loadtest.load;

import org.HdrHistogram.Histogram;

/** What is done while it is on, and how long each took, in microseconds. Belongs to one event loop. */
final class Meter {
    /** Which latencies count, and from when. */
    enum Counting {
        /** Of what is done while the meter is on. */
        BY_END,
        /** Of what was due while the meter is on, whenever it is done: a broker that stalls cannot hide it then. */
        BY_DUE,
        /** Of what is done while the meter is on, from when it was switched on. */
        FROM_BEGINNING
    }

    private static final long MOST_MICROS = 600_000_000;
    private static final int DIGITS = 3;

    private final Histogram latencies = new Histogram(MOST_MICROS, DIGITS);
    private final Histogram admitted = new Histogram(MOST_MICROS, DIGITS);
    private final Counting counting;
    private long done;
    private long from = Long.MAX_VALUE;
    private long until = Long.MAX_VALUE;

    /** One that is off. */
    Meter(Counting counting) {
        this.counting = counting;
    }

    void begin(long now) {
        from = now;
        until = Long.MAX_VALUE;
    }

    void end(long now) {
        until = now;
    }

    /**
     * A message is done; times in nanoseconds.
     *
     * @param due when it should have been sent
     * @param sent when it was, for the last time
     */
    void done(long due, long sent, long now) {
        boolean on = isOn(now);
        if (on) {
            done++;
            admitted.recordValue(micros(now - sent));
        }
        if (counting == Counting.BY_DUE ? isOn(due) : on) {
            long since = counting == Counting.FROM_BEGINNING ? Math.max(due, from) : due;
            latencies.recordValue(micros(now - since));
        }
    }

    /**
     * A message is not done at the end of a closed loop, which would else leave out just those that take longest: it
     * counts with the time that it has taken so far.
     */
    void stillUnderWay(long due, long now) {
        if (counting == Counting.BY_END) {
            latencies.recordValue(micros(now - due));
        }
    }

    private static long micros(long nanos) {
        return Math.min(MOST_MICROS, Math.max(0, nanos) / 1_000);
    }

    /** Whether something that is done after it was switched off may still count. */
    boolean waitsForWhatWasDue() {
        return counting == Counting.BY_DUE;
    }

    private boolean isOn(long time) {
        return time >= from && time < until;
    }

    long done() {
        return done;
    }

    /** Adds what this has counted. */
    void addTo(Histogram all) {
        all.add(latencies);
    }

    /** Adds how long was under way what was done while it was on, from when it was sent for the last time. */
    void addAdmittedTo(Histogram all) {
        all.add(admitted);
    }

    static Histogram histogram() {
        return new Histogram(MOST_MICROS, DIGITS);
    }
}
