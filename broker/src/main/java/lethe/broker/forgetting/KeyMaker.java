package lethe.broker.forgetting;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.receptionist.Receptionist;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.SingletonActor;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import lethe.core.identity.Opaque;
import lethe.persistence.seal.EpochKeys;
import org.jspecify.annotations.Nullable;

/**
 * Makes the key of each epoch while the one before runs, and sees to it that every node's keeper has it before it is
 * used. One in the cluster. When its node fails, the next one goes on with what its own keeper has.
 */
public final class KeyMaker extends AbstractBehavior<KeyMaker.Command> {
    private final EpochKeys keys;
    private final Map<Long, Draft> drafts = new HashMap<>();
    private Set<ActorRef<KeyKeeper.Command>> keepers = Set.of();

    /** A key on its way to all keepers; forgotten here once they have it, for they keep it better. */
    private static final class Draft {
        private @Nullable Opaque key;
        private int attempt;
        private final Set<ActorRef<KeyKeeper.Command>> keptBy = new HashSet<>();
    }

    /** Starts the cluster's maker, if this node is where it lives. */
    static void start(ActorSystem<?> system, EpochKeys keys, Duration every) {
        Behavior<Command> maker = Behaviors.supervise(create(keys, every)).onFailure(SupervisorStrategy.restart());
        ClusterSingleton.get(system).init(SingletonActor.of(maker, "key-maker"));
    }

    private static Behavior<Command> create(EpochKeys keys, Duration every) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Look.LOOK, every);
            ActorRef<Receptionist.Listing> listings =
                    context.messageAdapter(Receptionist.Listing.class, KeyMaker::keepers);
            context.getSystem().receptionist().tell(Receptionist.subscribe(KeyKeeper.KEY, listings));
            return new KeyMaker(context, keys);
        }));
    }

    private static Command keepers(Receptionist.Listing listing) {
        return new Keepers(Set.copyOf(listing.getServiceInstances(KeyKeeper.KEY)));
    }

    private KeyMaker(ActorContext<Command> context, EpochKeys keys) {
        super(context);
        this.keys = keys;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Look.class, look -> offer())
                .onMessage(Keepers.class, this::onKeepers)
                .onMessage(KeyMessage.Kept.class, this::onKept)
                .onMessage(KeyMessage.Other.class, this::onOther)
                .build();
    }

    private Behavior<Command> onKeepers(Keepers found) {
        keepers = found.keepers();
        return offer();
    }

    /**
     * To every keeper that is not known to have it: what is alive here, and what there should be. The oldest first, so
     * that who has a key of the present has those that open older rows.
     */
    private Behavior<Command> offer() {
        if (keepers.isEmpty()) {
            return this;
        }
        SortedSet<Long> epochs = new TreeSet<>(keys.alive());
        epochs.addAll(keys.wanted());
        drafts.keySet().retainAll(epochs);
        for (long epoch : epochs) {
            offer(epoch, drafts.computeIfAbsent(epoch, missing -> new Draft()));
        }
        return this;
    }

    private void offer(long epoch, Draft draft) {
        if (draft.keptBy.containsAll(keepers)) {
            return;
        }
        Opaque begun = draft.key;
        Opaque key = begun == null ? key(epoch) : begun;
        if (key == null) {
            return;
        }
        draft.key = key;
        for (ActorRef<KeyKeeper.Command> keeper : keepers) {
            if (!draft.keptBy.contains(keeper)) {
                keeper.tell(new KeyMessage.Offer(
                        epoch, key, draft.attempt, getContext().getSelf()));
            }
        }
    }

    /** The one that is alive; else another one, unless the epoch's has been forgotten meanwhile. */
    private @Nullable Opaque key(long epoch) {
        return keys.copy(epoch)
                .or(() -> keys.wanted().contains(epoch) ? Optional.of(keys.fresh()) : Optional.empty())
                .map(Opaque::wrap)
                .orElse(null);
    }

    private Behavior<Command> onKept(KeyMessage.Kept kept) {
        Draft draft = drafts.get(kept.epoch());
        if (draft != null && kept.attempt() == draft.attempt) {
            draft.keptBy.add(kept.keeper());
            if (draft.keptBy.containsAll(keepers)) {
                draft.key = null;
            }
        }
        return this;
    }

    /** The maker before this one had begun with another key: whoever has none of the two gets the one that stays. */
    private Behavior<Command> onOther(KeyMessage.Other other) {
        Draft draft = drafts.get(other.epoch());
        if (draft != null && !Objects.equals(other.key(), draft.key)) {
            getContext().getLog().warn("two keys were begun for one epoch; the one that a node uses stays");
            draft.key = other.key();
            draft.attempt++;
            draft.keptBy.clear();
        }
        return this;
    }

    /** What the maker is told. */
    public sealed interface Command permits Look, Keepers, KeyMessage.Kept, KeyMessage.Other {}

    private enum Look implements Command {
        LOOK
    }

    private record Keepers(Set<ActorRef<KeyKeeper.Command>> keepers) implements Command {}
}
