package lethe.broker.subscriber;

import akka.Done;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lethe.broker.subscriber.SubscriberCommand.Settle;
import lethe.core.identity.MessageId;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;

/** What senders have settled since the last write: gathered, so that the receipts are deleted with one write. */
final class Settlements {
    private final SubscriberState state;
    private List<Settle> gathered = List.of();

    Settlements(SubscriberState state) {
        this.state = state;
    }

    /**
     * Takes a command in, or answers it at once if none of its receipts is kept.
     *
     * @return whether it waits for the next write
     */
    boolean gather(Settle command) {
        if (command.ids().stream().noneMatch(this::isKept)) {
            command.replyTo().tell(Done.getInstance());
            return false;
        }
        if (gathered.isEmpty()) {
            gathered = new ArrayList<>();
        }
        gathered.add(command);
        return true;
    }

    private boolean isKept(MessageId id) {
        return state.receipt(id).isPresent();
    }

    boolean isEmpty() {
        return gathered.isEmpty();
    }

    /** What to write; empty if an opt-out has erased the receipts since. */
    Optional<SubscriberEvent> event() {
        Set<MessageId> kept = new LinkedHashSet<>();
        for (Settle command : gathered) {
            command.ids().stream().filter(this::isKept).forEach(kept::add);
        }
        return kept.isEmpty() ? Optional.empty() : Optional.of(new SubscriberEvent.Settled(List.copyOf(kept)));
    }

    /** It is written: everybody is answered. */
    void written() {
        gathered.forEach(command -> command.replyTo().tell(Done.getInstance()));
        gathered = List.of();
    }
}
