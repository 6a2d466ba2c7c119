package lethe.broker.session;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;

/**
 * How much one phone may say: a token bucket for what goes to others, and a wider one for what it says about its own
 * messages. Both are full at first.
 *
 * <p>What goes to others may be refused, for the phone tries again. What a phone says about its own messages must not
 * get lost, hence the wider bound.
 */
final class Allowances {
    /** A phone may say this many times more about its own messages than it may send. */
    private static final int OWN = 10;

    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final int perSecond;
    private final Bucket toOthers;
    private final Bucket own;

    Allowances(SessionSettings settings, TimeMeter time) {
        this.perSecond = settings.framesPerSecond();
        this.toOthers = bucket(settings.burst(), perSecond, time);
        this.own = bucket(OWN * settings.burst(), OWN * perSecond, time);
    }

    private static Bucket bucket(int burst, int perSecond, TimeMeter time) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(time)
                .build();
    }

    /** Whether a frame is about the phone's own messages, and so has the wider bound. */
    static boolean isOwn(ClientFrame frame) {
        return !(frame instanceof ClientFrame.Send
                || frame instanceof ClientFrame.Watch
                || frame instanceof ClientFrame.Revoke);
    }

    /** Takes a token for a frame; false if there is none. */
    boolean take(ClientFrame frame) {
        return (isOwn(frame) ? own : toOthers).tryConsume(1);
    }

    /** Takes a token for what is no frame; false if there is none. */
    boolean takeForUnreadable() {
        return toOthers.tryConsume(1);
    }

    /** Why a frame to others is refused, and when the next one will not be. */
    Problem problem() {
        long wait = toOthers.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return Problem.of(ProblemType.TOO_MANY_REQUESTS)
                .withLimit(perSecond)
                .withRetryAfter(Duration.ofMillis(1 + wait / NANOS_PER_MILLI));
    }
}
