package lethe.loadtest.load;

import java.util.function.LongConsumer;

/**
 * One sender's messages that have not ended, by number: when each was due, and whether the broker holds it.
 *
 * <p>A ring, so that a message costs no allocation. It grows with what is outstanding.
 */
final class Outstanding {
    private static final int FIRST_CAPACITY = 16;
    /** A sender that falls behind by more than these has lost touch with its broker. */
    private static final int MOST = 1 << 20;

    /** Positive while under way, negative while held, 0 once ended. */
    private long[] times = new long[FIRST_CAPACITY];

    /** When each was sent, for the last time. */
    private long[] sent = new long[FIRST_CAPACITY];

    /** Everything below has ended. */
    private long oldest;
    /** The first that was not sent yet. */
    private long unsent;
    /** The first number that was not given yet. */
    private long next;

    private int underWay;
    private int held;

    /**
     * Gives the next number to a message, which waits to be sent.
     *
     * @param due nanoseconds since some beginning, positive
     */
    void schedule(long due) {
        if (next - oldest == times.length) {
            grow();
        }
        times[slot(next)] = due;
        next++;
    }

    private void grow() {
        if (times.length == MOST) {
            throw new IllegalStateException(MOST + " messages of one sender are outstanding");
        }
        int length = 2 * times.length;
        times = grown(times, length);
        sent = grown(sent, length);
    }

    private long[] grown(long[] ring, int length) {
        long[] wider = new long[length];
        for (long number = oldest; number < next; number++) {
            wider[(int) (number & (length - 1))] = ring[(int) (number & (ring.length - 1))];
        }
        return wider;
    }

    private int slot(long number) {
        return (int) (number & (times.length - 1));
    }

    boolean hasUnsent() {
        return unsent < next;
    }

    /** The oldest message that was not sent yet is: its number. */
    long send(long now) {
        underWay++;
        sent[slot(unsent)] = now;
        return unsent++;
    }

    /** One that is under way is sent once more. */
    void sendAgain(long number, long now) {
        sent[slot(number)] = now;
    }

    /** How many were ever sent. */
    long sent() {
        return unsent;
    }

    int unsent() {
        return (int) (next - unsent);
    }

    int underWay() {
        return underWay;
    }

    int held() {
        return held;
    }

    boolean isUnderWay(long number) {
        return isSent(number) && times[slot(number)] > 0;
    }

    private boolean isSent(long number) {
        return number >= oldest && number < unsent;
    }

    /** When a message was due that is outstanding; 0 if it has ended. */
    long due(long number) {
        return isSent(number) ? Math.abs(times[slot(number)]) : 0;
    }

    /** Tells when each message was due that was sent and has neither ended nor is held. */
    void forEachUnderWay(LongConsumer due) {
        for (long number = oldest; number < unsent; number++) {
            if (times[slot(number)] > 0) {
                due.accept(times[slot(number)]);
            }
        }
    }

    /** When a message was sent last that is outstanding; 0 if it has ended. */
    long sentAt(long number) {
        return isSent(number) ? sent[slot(number)] : 0;
    }

    /** The broker keeps it; false if that is no news. */
    boolean hold(long number) {
        if (!isUnderWay(number)) {
            return false;
        }
        times[slot(number)] = -times[slot(number)];
        underWay--;
        held++;
        return true;
    }

    /** It has ended; false if that is no news. */
    boolean end(long number) {
        if (due(number) == 0) {
            return false;
        }
        if (times[slot(number)] > 0) {
            underWay--;
        } else {
            held--;
        }
        times[slot(number)] = 0;
        while (oldest < unsent && times[slot(oldest)] == 0) {
            oldest++;
        }
        return true;
    }
}
