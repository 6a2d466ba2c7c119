package lethe.persistence.fence;

import java.time.Instant;
import java.util.List;
import lethe.core.identity.MessageId;
import lethe.core.subscriber.HeldEnvelope;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;

/** Does what Akka and the entity do with a store: recover, then append, apply and save in turn. */
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
        var entity = new Entity(
                node,
                pid,
                loaded.map(Loaded::state).orElseGet(() -> SubscriberState.absent(0)),
                loaded.map(Loaded::sequence).orElse(0L));
        entity.sequence = Math.max(entity.sequence, node.store.highestSequence(pid));
        node.store.takeReplay(pid).forEach(event -> event.event().applyTo(entity.state));
        return entity;
    }

    void persist(SubscriberEvent event) {
        append(event);
        save();
    }

    void append(SubscriberEvent event) {
        sequence++;
        Node.await(node.store.append(pid, List.of(new NewEvent(sequence, event))));
        event.applyTo(state);
    }

    void save() {
        Node.await(node.store.save(pid, sequence, Instant.now(), state));
        state.saved();
    }

    MessageId hold(Given given, int length) {
        var row = next(given, length);
        persist(SubscriberEvent.Held.of(List.of(row)));
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
