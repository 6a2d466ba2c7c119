package lethe.core.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lethe.core.identity.MessageId;
import lethe.core.queue.Slot;
import lethe.core.receipt.Receipt;

/** A table of snapshot rows, as a store keeps them for one subscriber. */
final class SnapshotTable {
    private long incarnation = 1;
    private Optional<Head> head = Optional.empty();
    private final TreeMap<Slot, HeldEnvelope> rows = new TreeMap<>();
    private final Map<MessageId, Receipt> receipts = new HashMap<>();

    /** Writes an incremental snapshot. Deletes after it has added: one batch has no order. */
    void snapshot(SubscriberState state) {
        Changes changes = state.changes();
        if (changes.erase()) {
            rows.clear();
            receipts.clear();
        }
        addsNothingThatIsThereOrThatItDeletes(changes);
        changes.held().forEach(row -> rows.put(row.slot(), row));
        changes.receipts().forEach(receipt -> receipts.put(receipt.id(), receipt));
        changes.released().forEach(row -> assertThat(rows.remove(row.slot())).isEqualTo(row));
        changes.settled().forEach(receipts::remove);
        head = state.head();
    }

    private void addsNothingThatIsThereOrThatItDeletes(Changes changes) {
        assertThat(changes.held()).noneMatch(row -> rows.containsKey(row.slot()));
        assertThat(changes.held()).doesNotHaveDuplicates().noneMatch(changes.released()::contains);
        assertThat(changes.receipts()).noneMatch(receipt -> changes.settled().contains(receipt.id()));
    }

    /** What the next incarnation of the actor finds. */
    SubscriberState recover() {
        incarnation++;
        return head.map(found -> SubscriberState.recovered(
                        incarnation, found, List.copyOf(rows.values()), List.copyOf(receipts.values()), Set.of()))
                .orElseGet(() -> SubscriberState.absent(incarnation));
    }

    boolean isEmpty() {
        return head.isEmpty() && rows.isEmpty() && receipts.isEmpty();
    }
}
