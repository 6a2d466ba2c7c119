package lethe.persistence.plugin;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.SnapshotCompleted;
import akka.persistence.typed.SnapshotFailed;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.SignalHandler;
import java.util.List;
import java.util.function.Function;
import lethe.core.identity.MessageId;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;

/** The least entity that stores as the broker's does: every event is followed by a save, and answered after it. */
final class TestSubscriber extends EventSourcedBehavior<TestSubscriber.Command, SubscriberEvent, SubscriberState> {

    static Behavior<Command> create(String persistenceId) {
        return new TestSubscriber(PersistenceId.ofUniqueId(persistenceId));
    }

    private TestSubscriber(PersistenceId persistenceId) {
        super(persistenceId);
    }

    @Override
    public SubscriberState emptyState() {
        return SubscriberState.absent(0);
    }

    @Override
    public CommandHandler<Command, SubscriberEvent, SubscriberState> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(
                        Persist.class,
                        (state, command) -> Effect()
                                .persist(command.event().apply(state))
                                .thenReply(command.replyTo(), after -> new Stored(ids(after))))
                .onCommand(Ask.class, (state, command) -> Effect().reply(command.replyTo(), new Stored(ids(state))))
                .build();
    }

    @Override
    public EventHandler<SubscriberState, SubscriberEvent> eventHandler() {
        return (state, event) -> {
            event.applyTo(state);
            return state;
        };
    }

    @Override
    public boolean shouldSnapshot(SubscriberState state, SubscriberEvent event, long sequenceNr) {
        return true;
    }

    @Override
    public SignalHandler<SubscriberState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(SnapshotCompleted.class, (state, signal) -> state.saved())
                .onSignal(SnapshotFailed.class, (state, signal) -> {
                    throw new IllegalStateException("not stored", signal.failure());
                })
                .build();
    }

    private static List<MessageId> ids(SubscriberState state) {
        return state.held().stream().map(row -> row.envelope().id()).toList();
    }

    sealed interface Command {}

    record Persist(Function<SubscriberState, SubscriberEvent> event, ActorRef<Stored> replyTo) implements Command {}

    record Ask(ActorRef<Stored> replyTo) implements Command {}

    record Stored(List<MessageId> held) {}
}
