package lethe.broker.session;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import lethe.broker.limit.Limits;
import lethe.core.limit.Limit;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Problem;

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

    private final Limits limits;
    private final int perSecond;
    private final Bucket toOthers;
    private final Bucket own;

    Allowances(SessionSettings settings, Limits limits, TimeMeter time) {
        this.limits = limits;
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

    /** Why a frame is refused, and when the next one of its kind will not be. */
    Problem problem(ClientFrame frame) {
        return isOwn(frame)
                ? problem(own, Limit.CONNECTION_OWN_FRAMES, OWN * perSecond)
                : problem(toOthers, Limit.CONNECTION_FRAMES, perSecond);
    }

    /** Why something is refused that is no frame. */
    Problem problemOfUnreadable() {
        return problem(toOthers, Limit.CONNECTION_FRAMES, perSecond);
    }

    private Problem problem(Bucket bucket, Limit limit, int bound) {
        long wait = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return limits.refusal(limit, Duration.ofMillis(1 + wait / NANOS_PER_MILLI))
                .withLimit(bound);
    }
}
