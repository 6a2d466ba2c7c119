package lethe.device.files;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast, and how far ahead, a recipient asks. Twice as fast after each question, until chunks come slower than they
 * were asked for; then as fast as they come, a little less if a few are lost, and a little more from time to time.
 *
 * <p>What is asked for faster than the recipient's connection carries waits in front of it, and messages wait behind.
 */
final class Flow {
    /** Chunks whose spacing says something. */
    private static final int ENOUGH = 3;
    /** Chunks of the first question: a connection may be so slow that these wait for half a minute. */
    private static final int FIRST_WINDOW = 4;

    private final IncomingLimits limits;
    private Duration apart;
    private boolean found;
    private int came;
    private int lost;
    private @Nullable Instant first;
    private Instant last = Instant.MIN;

    Flow(IncomingLimits limits) {
        this.limits = limits;
        this.apart = limits.firstApart();
    }

    Duration apart() {
        return apart;
    }

    /** How many chunks may be asked for and not be there. */
    int window() {
        Duration ahead = found ? limits.ahead() : limits.firstAhead();
        int least = found ? limits.leastWindow() : FIRST_WINDOW;
        return (int) Math.max(least, Math.min(limits.mostWindow(), ahead.dividedBy(apart)));
    }

    void came(Instant now) {
        came++;
        first = first == null ? now : first;
        last = now;
    }

    void lost(int chunks) {
        lost += chunks;
    }

    /** The next question is due: learns from what came of the last ones. */
    void adapt() {
        if (came >= ENOUGH && first != null) {
            learn(Duration.between(first, last).dividedBy(came - 1L));
            pause();
        }
    }

    /** What came until now says nothing of what comes next. */
    void pause() {
        came = 0;
        lost = 0;
        first = null;
    }

    private void learn(Duration spacing) {
        if (lost * 8 > came) {
            found = true;
            change(parts(apart, 12));
        } else if (spacing.compareTo(parts(apart, found ? 9 : 12)) > 0) {
            found = true;
            change(parts(spacing, 10));
        } else {
            change(parts(apart, found ? 7 : 4));
        }
    }

    /** Nothing came at all: whatever is in the way needs time. */
    void silent() {
        change(apart.multipliedBy(2));
    }

    private void change(Duration wanted) {
        apart = wanted.compareTo(limits.leastApart()) <= 0
                ? limits.leastApart()
                : wanted.compareTo(limits.mostApart()) > 0 ? limits.mostApart() : wanted;
        found |= apart.equals(limits.leastApart());
    }

    private static Duration parts(Duration whole, int eighths) {
        return whole.multipliedBy(eighths).dividedBy(8);
    }
}
