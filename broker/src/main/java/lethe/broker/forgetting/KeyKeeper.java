package lethe.broker.forgetting;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Props;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import lethe.core.identity.Opaque;
import lethe.persistence.due.DueIndex.Progress;
import lethe.persistence.seal.EpochKeys;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the epoch keys of a node: takes in what the {@link KeyMaker} offers, asks the other nodes' keepers for what
 * they have when it meets them, and destroys what is over.
 */
public final class KeyKeeper extends AbstractBehavior<KeyKeeper.Command> {
    static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "key-keeper");

    private static final int LOOKS_AN_EPOCH = 20;
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);

    private final EpochKeys keys;
    private final Forgetter forgetter;
    private final Runnable afterwards;
    private final Executor blocking;
    private final Queue<KeyMessage.Offer> offers = new ArrayDeque<>();
    private Set<ActorRef<Command>> met = Set.of();
    private boolean busy;

    /**
     * Starts the keeper of a node, and the cluster's maker if it is to live there.
     *
     * @param swept how far all slices of the due index have been dealt with
     * @param afterwards to be done each time that keys were destroyed; may block
     */
    public static void start(
            ActorSystem<?> system,
            EpochKeys keys,
            Supplier<CompletionStage<Progress>> swept,
            Runnable afterwards,
            Clock clock) {
        Duration part = keys.epochs().length().dividedBy(LOOKS_AN_EPOCH);
        Duration every = part.compareTo(LONGEST_REST) < 0 ? part : LONGEST_REST;
        Executor blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
        Forgetter forgetter = new Forgetter(keys, swept, clock);
        Behavior<Command> keeper = Behaviors.supervise(create(keys, forgetter, afterwards, blocking, every))
                .onFailure(SupervisorStrategy.restart());
        system.systemActorOf(keeper, "key-keeper", Props.empty());
        KeyMaker.start(system, keys, every);
    }

    private static Behavior<Command> create(
            EpochKeys keys, Forgetter forgetter, Runnable afterwards, Executor blocking, Duration every) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Look.LOOK, every);
            ActorRef<Receptionist.Listing> listings = context.messageAdapter(
                    Receptionist.Listing.class, listing -> new Peers(Set.copyOf(listing.getServiceInstances(KEY))));
            var receptionist = context.getSystem().receptionist();
            receptionist.tell(Receptionist.register(KEY, context.getSelf()));
            receptionist.tell(Receptionist.subscribe(KEY, listings));
            return new KeyKeeper(context, keys, forgetter, afterwards, blocking);
        }));
    }

    private KeyKeeper(
            ActorContext<Command> context,
            EpochKeys keys,
            Forgetter forgetter,
            Runnable afterwards,
            Executor blocking) {
        super(context);
        this.keys = keys;
        this.forgetter = forgetter;
        this.afterwards = afterwards;
        this.blocking = blocking;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Look.class, look -> onLook())
                .onMessage(Looked.class, this::onLooked)
                .onMessage(Peers.class, this::onPeers)
                .onMessage(KeyMessage.Ask.class, this::onAsk)
                .onMessage(KeyMessage.Offer.class, this::onOffer)
                .onMessage(TakenIn.class, this::onTakenIn)
                .build();
    }

    private Behavior<Command> onPeers(Peers peers) {
        for (ActorRef<Command> peer : peers.peers()) {
            if (!met.contains(peer) && !peer.equals(getContext().getSelf())) {
                peer.tell(new KeyMessage.Ask(getContext().getSelf()));
            }
        }
        met = peers.peers();
        return this;
    }

    private Behavior<Command> onAsk(KeyMessage.Ask ask) {
        ActorRef<KeyMaker.Command> nobody = getContext().getSystem().ignoreRef();
        for (long epoch : keys.alive()) {
            keys.copy(epoch)
                    .ifPresent(key -> ask.replyTo().tell(new KeyMessage.Offer(epoch, Opaque.wrap(key), 0, nobody)));
        }
        return this;
    }

    /** One after the other: a key of the present makes this node usable, so it must not overtake an older one. */
    private Behavior<Command> onOffer(KeyMessage.Offer offer) {
        offers.add(offer);
        if (offers.size() == 1) {
            takeIn(offer);
        }
        return this;
    }

    private void takeIn(KeyMessage.Offer offer) {
        getContext()
                .pipeToSelf(
                        run(() -> keys.adopt(offer.epoch(), offer.key().shared())),
                        (same, failure) -> new TakenIn(offer, same));
    }

    private Behavior<Command> onTakenIn(TakenIn taken) {
        // There is none if this keeper was restarted meanwhile.
        offers.poll();
        answer(taken);
        KeyMessage.Offer next = offers.peek();
        if (next != null) {
            takeIn(next);
        }
        return this;
    }

    private void answer(TakenIn taken) {
        long epoch = taken.offer().epoch();
        if (taken.same() == null) {
            getContext().getLog().warn("a key could not be kept in escrow, and is not used; it is tried again");
        } else if (taken.same()) {
            taken.offer()
                    .replyTo()
                    .tell(new KeyMessage.Kept(
                            epoch, taken.offer().attempt(), getContext().getSelf()));
        } else {
            keys.copy(epoch)
                    .ifPresent(key -> taken.offer().replyTo().tell(new KeyMessage.Other(epoch, Opaque.wrap(key))));
        }
    }

    private Behavior<Command> onLook() {
        keys.look();
        if (!busy && !keys.overdue().isEmpty()) {
            busy = true;
            CompletionStage<Boolean> looked = forgetter
                    .swept()
                    .thenCompose(progress -> run(() -> {
                        boolean any = forgetter.forget(progress.least());
                        if (any) {
                            afterwards.run();
                        }
                        return any;
                    }));
            getContext().pipeToSelf(looked, (done, failure) -> new Looked(failure != null));
        }
        return this;
    }

    private Behavior<Command> onLooked(Looked looked) {
        busy = false;
        if (looked.failed()) {
            getContext().getLog().warn("keys could not be forgotten; are store and escrow there? It is tried again");
        }
        return this;
    }

    private CompletionStage<Boolean> run(Work work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.run();
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                },
                blocking);
    }

    private interface Work {
        boolean run() throws IOException;
    }

    /** What a keeper is told. */
    public sealed interface Command permits Look, Looked, Peers, TakenIn, KeyMessage.Offer, KeyMessage.Ask {}

    private enum Look implements Command {
        LOOK
    }

    private record Looked(boolean failed) implements Command {}

    private record Peers(Set<ActorRef<Command>> peers) implements Command {}

    /**
     * An offer was dealt with.
     *
     * @param same whether the key of that epoch is the one that was offered; null if the escrow failed
     */
    private record TakenIn(KeyMessage.Offer offer, @Nullable Boolean same) implements Command {}
}
