package lethe.persistence.fence;

import java.time.Instant;
import java.util.List;
import lethe.core.identity.MessageId;
import lethe.core.subscriber.HeldEnvelope;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;

/** Does what Akka and the entity do with a store: recover, then accept, apply and save in turn. */
final class Entity {

    final Node node;
    final String pid;
    final SubscriberState state;
    long sequence;

    private long slots;

    private Entity(Node node, String pid, SubscriberState state, long sequence) {
        this.node = node;
        this.pid = pid;
        this.state = state;
        this.sequence = sequence;
    }

    static Entity recover(Node node, String pid) {
        var loaded = Node.await(node.store.load(pid));
        var state = loaded.map(Loaded::state).orElseGet(() -> SubscriberState.absent(0));
        return new Entity(node, pid, state, node.store.loadedSequence(pid));
    }

    void persist(SubscriberEvent event) {
        accept(event);
        save();
    }

    /** A save that says nothing new. */
    void saveAgain() {
        persist(new SubscriberEvent.Settled(List.of()));
    }

    /** What would be said by the next save, if there were one. */
    void accept(SubscriberEvent event) {
        sequence++;
        Node.await(node.store.accept(pid, event));
        event.applyTo(state);
    }

    void save() {
        Node.await(node.store.save(pid, sequence, Instant.now(), state));
        state.saved();
    }

    MessageId hold(Given given, int length) {
        var row = next(given, length);
        persist(new SubscriberEvent.Held(List.of(row)));
        return row.envelope().id();
    }

    HeldEnvelope next(Given given, int length) {
        slots++;
        return given.envelope(state.incarnation(), slots, length);
    }

    List<MessageId> heldIds() {
        return state.held().stream().map(row -> row.envelope().id()).toList();
    }
}
