package lethe.broker.subscriber;

import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.time.Instant;

/** The one timer of a subscriber. Setting it for later than it is set costs nothing, so no message has a timer. */
final class Alarm {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final TimerScheduler<SubscriberCommand> timers;
    private Instant set = Instant.MAX;

    Alarm(TimerScheduler<SubscriberCommand> timers) {
        this.timers = timers;
    }

    /** Rings at this time or before. */
    void noLaterThan(Instant at, Instant now) {
        if (!at.isBefore(set)) {
            return;
        }
        Instant soon = at.isAfter(now.plus(LONGEST)) ? now.plus(LONGEST) : at;
        set = soon;
        Duration delay = soon.isBefore(now) ? Duration.ZERO : Duration.between(now, soon);
        timers.startSingleTimer(SubscriberCommand.Tick.TICK, delay);
    }

    /** It has rung. */
    void rang() {
        set = Instant.MAX;
    }
}
