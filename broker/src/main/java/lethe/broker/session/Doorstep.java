package lethe.broker.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import java.time.Duration;
import java.time.Instant;
import lethe.broker.subscriber.Outcome;
import lethe.broker.subscriber.ToSession;

/**
 * Where whoever hears no waits for it, equally long whatever was found behind the door: a subscriber that is connected
 * answers sooner than one that has to be read from the store, and one that exists not always as soon as one that does
 * not. A no is told at the next full {@link #STEP} after the question.
 */
public final class Doorstep {
    /** Longer than reading a subscriber takes; what takes longer all the same waits for the next full one. */
    public static final Duration STEP = Duration.ofMillis(250);

    /** Does something later. */
    @FunctionalInterface
    public interface Later {
        void after(Duration time, Runnable step);
    }

    private final Later later;

    public Doorstep(Later later) {
        this.later = later;
    }

    /** One that waits by the timer of an actor system. */
    public static Doorstep of(ActorSystem<?> system) {
        return new Doorstep((time, step) -> system.scheduler().scheduleOnce(time, step, system.executionContext()));
    }

    /** How long it is to the next full step. */
    public static Duration left(Duration passed) {
        return Duration.ofNanos(STEP.toNanos() - Math.floorMod(passed.toNanos(), STEP.toNanos()));
    }

    /** For {@link Outcome#asked}: so much of the time as fits beside what is kept of each message. */
    static int mark(Instant now) {
        return (int) now.toEpochMilli();
    }

    /** Comes back to the session as {@link ToSession.Denied} when it may be told. */
    void hold(Outcome denial, Instant now, ActorRef<ToSession> session) {
        int passed = mark(now) - denial.asked();
        later.after(left(Duration.ofMillis(passed)), () -> session.tell(new ToSession.Denied(denial)));
    }
}
