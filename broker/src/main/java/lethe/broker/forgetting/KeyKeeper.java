package lethe.broker.forgetting;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import lethe.persistence.due.DueIndex;
import lethe.persistence.seal.EpochKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a node's epoch keys before their time, and destroys each as soon as it is over and nothing is sealed under it
 * any more: when every slice of the due index has been swept up to the time by which every subscriber was to renew its
 * keys.
 *
 * <p>While the store is away nothing can be renewed, so nothing is forgotten: what is in custody comes first. But one
 * subscriber that cannot be loaded does not keep all others from being forgotten: after an hour of a store that
 * answers, with epochs of five minutes, the key goes.
 */
public final class KeyKeeper extends AbstractBehavior<KeyKeeper.Command> {
    private static final Logger LOG = LoggerFactory.getLogger(KeyKeeper.class);
    private static final int LOOKS_AN_EPOCH = 20;
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);
    private static final int PATIENCE_IN_EPOCHS = 12;

    private final EpochKeys keys;
    private final DueIndex index;
    private final Executor blocking;
    private final Clock clock;
    private boolean busy;

    /** Since when the store answers. */
    private Instant answering;

    /** Starts the keeper of a node. */
    public static void start(ActorSystem<?> system, EpochKeys keys, DueIndex index, Clock clock) {
        Executor blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
        system.systemActorOf(create(keys, index, blocking, clock), "key-keeper", Props.empty());
    }

    private static Behavior<Command> create(EpochKeys keys, DueIndex index, Executor blocking, Clock clock) {
        Duration part = keys.epochs().length().dividedBy(LOOKS_AN_EPOCH);
        Duration every = part.compareTo(LONGEST_REST) < 0 ? part : LONGEST_REST;
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Look.LOOK, every);
            return new KeyKeeper(context, keys, index, blocking, clock);
        }));
    }

    private KeyKeeper(ActorContext<Command> context, EpochKeys keys, DueIndex index, Executor blocking, Clock clock) {
        super(context);
        this.clock = clock;
        this.answering = clock.instant();
        this.keys = keys;
        this.index = index;
        this.blocking = blocking;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Look.class, look -> onLook())
                .onMessage(Looked.class, this::onLooked)
                .build();
    }

    private Behavior<Command> onLook() {
        if (!busy) {
            busy = true;
            getContext().pipeToSelf(look(), (done, failure) -> new Looked(failure != null));
        }
        return this;
    }

    private Behavior<Command> onLooked(Looked looked) {
        busy = false;
        if (looked.failed()) {
            answering = clock.instant();
            getContext().getLog().warn("keys could not be made or forgotten; is store and escrow there? Tried again");
        }
        return this;
    }

    private CompletionStage<Void> look() {
        Instant patient = clock.instant().minus(keys.epochs().length().multipliedBy(PATIENCE_IN_EPOCHS));
        Optional<Instant> hopeless = Optional.of(patient).filter(answering::isBefore);
        return run(keys::prepare).thenCompose(prepared -> {
            List<Long> overdue = keys.overdue();
            return overdue.isEmpty()
                    ? CompletableFuture.completedFuture(null)
                    : sweptUpTo().thenCompose(swept -> forget(overdue, swept, hopeless));
        });
    }

    /** The least of what the slices' sweepers have dealt with. */
    private CompletionStage<Instant> sweptUpTo() {
        return IntStream.range(0, index.slices())
                .mapToObj(index::progress)
                .reduce((one, other) -> one.thenCombine(other, (a, b) -> a.isBefore(b) ? a : b))
                .orElseThrow();
    }

    private CompletionStage<Void> forget(List<Long> overdue, Instant swept, Optional<Instant> hopeless) {
        return run(() -> {
            for (long epoch : overdue) {
                Instant renewed = keys.epochs().allRenewed(epoch);
                if (!swept.isBefore(renewed)) {
                    keys.forget(epoch);
                } else if (hopeless.filter(renewed::isBefore).isPresent()) {
                    LOG.error(
                            "a key is forgotten although some subscribers did not renew theirs in {} epochs: what waits"
                                    + " for these is lost, and their senders send it again",
                            PATIENCE_IN_EPOCHS);
                    keys.forget(epoch);
                }
            }
        });
    }

    private CompletionStage<Void> run(Work work) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        work.run();
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                },
                blocking);
    }

    private interface Work {
        void run() throws IOException;
    }

    /** What a keeper is told. */
    public sealed interface Command {}

    private enum Look implements Command {
        LOOK
    }

    private record Looked(boolean failed) implements Command {}
}
