package lethe.broker.subscriber;

import akka.actor.Cancellable;
import akka.actor.typed.javadsl.ActorContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A subscriber's one timer for one purpose. Setting it for later than it is set costs nothing. */
final class Alarm {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final ActorContext<SubscriberCommand> context;
    private final Clock clock;
    private final SubscriberCommand ringing;
    private Instant set = Instant.MAX;
    private @Nullable Cancellable timer;

    /** An alarm that is not set. */
    Alarm(ActorContext<SubscriberCommand> context, Clock clock, SubscriberCommand ringing) {
        this.context = context;
        this.clock = clock;
        this.ringing = ringing;
    }

    boolean isSet() {
        return timer != null;
    }

    /** Rings at this time or before. What had been set for later may still ring, too. */
    void noLaterThan(Instant at) {
        if (!at.isBefore(set)) {
            return;
        }
        rang();
        Instant now = clock.instant();
        Instant soon = at.isAfter(now.plus(LONGEST)) ? now.plus(LONGEST) : at;
        Duration delay = soon.isBefore(now) ? Duration.ZERO : Duration.between(now, soon);
        set = soon;
        timer = context.scheduleOnce(delay, context.getSelf(), ringing);
    }

    /** It has rung, or need not ring any more. */
    void rang() {
        if (timer != null) {
            timer.cancel();
        }
        timer = null;
        set = Instant.MAX;
    }
}
