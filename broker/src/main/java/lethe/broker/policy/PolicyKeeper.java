package lethe.broker.policy;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import lethe.core.identity.DeviceKey;
import lethe.persistence.policy.PolicyTable;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a node's policy as high as the store's: looks when another node says that it was raised, and every few seconds
 * for whoever missed that.
 */
public final class PolicyKeeper extends AbstractBehavior<PolicyKeeper.Command> {
    static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "policy-keeper");

    private static final Duration EVERY = Duration.ofSeconds(2);

    /** Whoever asked gave up long before so many others did. */
    private static final int MOST_WAITING = 100;

    private final CurrentPolicy current;
    private final Supplier<CompletionStage<Long>> look;
    private final List<PolicyMessage.Rise> waiting = new ArrayList<>();
    private boolean looking;

    /** Of an epoch that the store has and this node does not believe, so that it is told once. */
    private long complained;

    /**
     * Brings the store's policy into force, and starts the keeper of this node.
     *
     * @param operator the operator's public key; empty if the settings name none
     * @return fails if the store has a later policy that cannot be believed
     */
    public static CompletionStage<Void> start(
            ActorSystem<?> system, CurrentPolicy current, PolicyTable table, Optional<DeviceKey> operator) {
        StoredPolicy stored = new StoredPolicy(current, table, operator);
        return stored.readFirst().thenAccept(read -> start(system, current, stored::look));
    }

    /**
     * Starts the keeper of this node.
     *
     * @param look takes what the store has, and completes with the epoch that it has
     */
    static void start(ActorSystem<?> system, CurrentPolicy current, Supplier<CompletionStage<Long>> look) {
        Behavior<Command> keeper = Behaviors.supervise(create(current, look)).onFailure(SupervisorStrategy.restart());
        system.systemActorOf(keeper, "policy-keeper", Props.empty());
    }

    private static Behavior<Command> create(CurrentPolicy current, Supplier<CompletionStage<Long>> look) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Look.LOOK, EVERY);
            context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
            return new PolicyKeeper(context, current, look);
        }));
    }

    private PolicyKeeper(ActorContext<Command> context, CurrentPolicy current, Supplier<CompletionStage<Long>> look) {
        super(context);
        this.current = current;
        this.look = look;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Look.class, look -> onLook())
                .onMessage(PolicyMessage.Rise.class, this::onRise)
                .onMessage(Looked.class, this::onLooked)
                .build();
    }

    private Behavior<Command> onLook() {
        if (!looking) {
            looking = true;
            getContext().pipeToSelf(look.get(), (epoch, failure) -> new Looked(epoch));
        }
        return this;
    }

    /** A look that has begun may have read the store too early: then the next one answers. */
    private Behavior<Command> onRise(PolicyMessage.Rise rise) {
        waiting.add(rise);
        answer();
        return waiting.isEmpty() ? this : onLook();
    }

    private Behavior<Command> onLooked(Looked looked) {
        looking = false;
        Long stored = looked.stored();
        long epoch = current.policy().epoch();
        if (stored != null && stored > epoch && stored != complained) {
            complained = stored;
            getContext()
                    .getLog()
                    .error(
                            "the store has policy epoch {}, which lethe.policy.key did not sign; {} stays in force here",
                            stored,
                            epoch);
        }
        answer();
        return this;
    }

    private void answer() {
        long epoch = current.policy().epoch();
        waiting.removeIf(rise -> {
            boolean risen = rise.epoch() <= epoch;
            if (risen) {
                rise.replyTo().tell(new PolicyMessage.Risen(epoch));
            }
            return risen;
        });
        if (waiting.size() > MOST_WAITING) {
            waiting.subList(0, waiting.size() - MOST_WAITING).clear();
        }
    }

    /** What a keeper is told. */
    public sealed interface Command permits Look, Looked, PolicyMessage.Rise {}

    private enum Look implements Command {
        LOOK
    }

    /**
     * A look is over.
     *
     * @param stored the epoch that the store has; null if it did not answer
     */
    private record Looked(@Nullable Long stored) implements Command {}
}
