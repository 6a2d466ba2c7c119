package lethe.broker.sweep;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.cluster.sharding.typed.javadsl.ShardedDaemonProcess;
import akka.persistence.typed.PersistenceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import lethe.broker.session.Subscribers;
import lethe.broker.subscriber.SubscriberCommand;
import lethe.core.identity.SubscriberId;
import lethe.persistence.due.DueEntry;
import lethe.persistence.due.DueIndex;
import org.jspecify.annotations.Nullable;

/**
 * Sweeps one slice of the due index: wakes every subscriber that has something due, and forgets an entry once its
 * subscriber has answered. One that does not answer is woken again in the next round.
 */
public final class Sweep extends AbstractBehavior<Sweep.Command> {
    private static final int MOST_AT_ONCE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DueIndex index;
    private final int slice;
    private final Subscribers subscribers;
    private final Clock clock;
    private boolean sweeping;

    private final Duration said;

    /** Up to when all was dealt with, as far as this sweeper knows. */
    private @Nullable Instant progress;

    /** Of that, what everybody knows. */
    private @Nullable Instant stored;

    /** Starts the sweepers of all slices, somewhere in the cluster. */
    public static void start(
            ActorSystem<?> system, DueIndex index, Subscribers subscribers, SweepSettings settings, Clock clock) {
        ShardedDaemonProcess.get(system)
                .init(
                        Command.class,
                        "sweep",
                        index.slices(),
                        slice -> create(index, slice, subscribers, settings, clock));
    }

    private static Behavior<Command> create(
            DueIndex index, int slice, Subscribers subscribers, SweepSettings settings, Clock clock) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Look.LOOK, settings.every());
            return new Sweep(context, index, slice, subscribers, settings.said(), clock);
        }));
    }

    private Sweep(
            ActorContext<Command> context,
            DueIndex index,
            int slice,
            Subscribers subscribers,
            Duration said,
            Clock clock) {
        super(context);
        this.said = said;
        this.index = index;
        this.slice = slice;
        this.subscribers = subscribers;
        this.clock = clock;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Look.class, look -> onLook())
                .onMessage(RoundEnded.class, this::onRoundEnded)
                .build();
    }

    private Behavior<Command> onLook() {
        if (!sweeping) {
            sweeping = true;
            getContext()
                    .pipeToSelf(round(clock.instant()), (round, failure) -> round == null ? RoundEnded.FAILED : round);
        }
        return this;
    }

    private Behavior<Command> onRoundEnded(RoundEnded round) {
        sweeping = false;
        if (round.progress() == null) {
            getContext().getLog().warn("slice {} could not be swept; is the store reachable? It is tried again", slice);
            return this;
        }
        progress = round.progress();
        stored = round.stored();
        if (round.unanswered() > 0) {
            getContext()
                    .getLog()
                    .warn(
                            "{} subscribers of slice {} have something due and do not answer; they are woken again",
                            round.unanswered(),
                            slice);
        }
        return this;
    }

    /** Completes with the time up to which all has been dealt with. */
    private CompletionStage<RoundEnded> round(Instant now) {
        Instant known = progress;
        return known == null ? index.progress(slice).thenCompose(from -> round(from, now)) : round(known, now);
    }

    private CompletionStage<RoundEnded> round(Instant from, Instant now) {
        return index.scan(slice, from, now, MOST_AT_ONCE).thenCompose(due -> {
            Map<String, List<DueEntry>> bySubscriber =
                    due.stream().collect(Collectors.groupingBy(DueEntry::persistenceId));
            List<CompletableFuture<Boolean>> woken = bySubscriber.entrySet().stream()
                    .map(entry -> wake(entry.getKey(), entry.getValue(), now))
                    .toList();
            return CompletableFuture.allOf(woken.toArray(CompletableFuture[]::new))
                    .thenCompose(done -> {
                        long unanswered = woken.stream()
                                .filter(answered -> !answered.join())
                                .count();
                        Instant until = due.size() < MOST_AT_ONCE && unanswered == 0 ? now : from;
                        return say(until).thenApply(known -> new RoundEnded(until, known, unanswered));
                    });
        });
    }

    /** Stores the progress if it has come far enough; says what is stored then. */
    private CompletionStage<Instant> say(Instant until) {
        Instant known = stored;
        return known != null && until.isBefore(known.plus(said))
                ? CompletableFuture.completedFuture(known)
                : index.advance(slice, until).thenApply(advanced -> until);
    }

    /** False if a subscriber did not answer: it is asked again in the next round, and no other waits for it. */
    private CompletableFuture<Boolean> wake(String persistenceId, List<DueEntry> entries, Instant now) {
        return subscribers
                .<Done>ask(subscriber(persistenceId), replyTo -> new SubscriberCommand.Wake(now, replyTo), PATIENCE)
                .thenCompose(decided -> CompletableFuture.allOf(entries.stream()
                        .map(entry -> index.delete(entry).toCompletableFuture())
                        .toArray(CompletableFuture[]::new)))
                .handle((deleted, failure) -> failure == null)
                .toCompletableFuture();
    }

    private static SubscriberId subscriber(String persistenceId) {
        return SubscriberId.fromText(PersistenceId.ofUniqueId(persistenceId).entityId());
    }

    /** What a sweeper is told. */
    public sealed interface Command {}

    private enum Look implements Command {
        LOOK
    }

    /**
     * A round is over.
     *
     * @param progress null if it failed
     * @param stored what of the progress is stored; null if it failed
     * @param unanswered subscribers that did not answer
     */
    private record RoundEnded(
            @Nullable Instant progress, @Nullable Instant stored, long unanswered) implements Command {
        static final RoundEnded FAILED = new RoundEnded(null, null, 0);
    }
}
