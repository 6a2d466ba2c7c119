package lethe.broker.subscriber;

import akka.Done;
import akka.actor.typed.ActorRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lethe.broker.subscriber.SubscriberCommand.Settle;
import lethe.core.identity.MessageId;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;

/**
 * What senders have settled since the last write: gathered, so that the receipts are deleted with one write. Never more
 * ids than there are receipts, and never more askers than commands that wait for a write.
 */
final class Settlements {
    private final SubscriberState state;
    private Set<MessageId> settled = Set.of();
    private List<ActorRef<Done>> asking = List.of();

    Settlements(SubscriberState state) {
        this.state = state;
    }

    /**
     * Takes a command in, or answers it at once if none of its receipts is kept.
     *
     * @return whether it waits for the next write
     */
    boolean gather(Settle command) {
        List<MessageId> kept = command.ids().stream().filter(this::isKept).toList();
        if (kept.isEmpty()) {
            command.replyTo().tell(Done.getInstance());
            return false;
        }
        if (settled.isEmpty()) {
            settled = new LinkedHashSet<>();
        }
        settled.addAll(kept);
        if (command.awaited()) {
            asking = asking.isEmpty() ? new ArrayList<>() : asking;
            asking.add(command.replyTo());
        }
        return true;
    }

    private boolean isKept(MessageId id) {
        return state.receipt(id).isPresent();
    }

    boolean isEmpty() {
        return settled.isEmpty();
    }

    /** What to write; empty if an opt-out has erased the receipts since. */
    Optional<SubscriberEvent> event() {
        List<MessageId> kept = settled.stream().filter(this::isKept).toList();
        return kept.isEmpty() ? Optional.empty() : Optional.of(new SubscriberEvent.Settled(kept));
    }

    /** It is written: everybody is answered. */
    void written() {
        asking.forEach(asker -> asker.tell(Done.getInstance()));
        asking = List.of();
        settled = Set.of();
    }
}
