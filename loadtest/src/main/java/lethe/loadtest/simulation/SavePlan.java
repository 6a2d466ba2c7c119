package lethe.loadtest.simulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lethe.core.subscriber.Changes;
import lethe.core.subscriber.Head;
import lethe.core.subscriber.HeldEnvelope;
import lethe.core.subscriber.SubscriberState;
import lethe.loadtest.simulation.Row.Address;
import lethe.loadtest.simulation.Row.Says;

/** What one save writes, in its order: rows, their head, and after the fence has answered what is deleted. */
final class SavePlan {
    private final Claim claim;
    private final long sequence;
    private final long timestamp;
    private final long later;
    private final List<Row> rows = new ArrayList<>();
    private final Set<Address> gone;
    private final Row head;
    private final boolean olderHeads;
    private final boolean keysNotNeeded;
    private final boolean olderKeys;
    private final boolean apart;

    private SavePlan(Claim claim, long sequence, SubscriberState state, long epoch, boolean apart) {
        this.claim = claim;
        this.sequence = sequence;
        this.apart = apart;
        Changes changes = state.changes();
        Head stored = state.head().orElseThrow();
        this.timestamp = claim.timestamp();
        changes.released()
                .forEach(held -> claim.destroy(Address.held(held.envelope().id(), claim.number)));
        changes.held().forEach(held -> add(held, epoch));
        changes.receipts()
                .forEach(receipt -> add(Address.receipt(receipt.id(), claim.number), new Says.OfReceipt(receipt)));
        Set<Address> added = new LinkedHashSet<>();
        rows.forEach(row -> added.add(row.address()));
        claim.renewal(epoch).ifPresent(older -> add(Address.keys(claim.number), new Says.OfKeys(older, epoch)));
        claim.gone.removeAll(added);
        Set<Address> ended = ended(changes);
        ended.removeAll(added);
        claim.gone.addAll(ended);
        this.gone = new LinkedHashSet<>(claim.gone);
        Map<Long, Long> adopted = claim.recovered ? stored.adopted() : Map.of();
        this.head = row(Address.head(claim.number), new Says.OfHead(stored, adopted, List.copyOf(gone)));
        this.olderHeads = claim.recovered && !claim.headStored;
        this.later = claim.timestamp();
        this.keysNotNeeded = claim.takeSuperfluousKeys();
        this.olderKeys = !keysNotNeeded && olderHeads;
    }

    /**
     * Plans the save of a state that has a head.
     *
     * @param epoch under whose key is sealed
     * @param apart whether the rows do not fit into one write with their head
     */
    static SavePlan of(Claim claim, long sequence, SubscriberState state, long epoch, boolean apart) {
        return new SavePlan(claim, sequence, state, epoch, apart);
    }

    private void add(HeldEnvelope held, long epoch) {
        Address address = Address.held(held.envelope().id(), claim.number);
        HeldEnvelope stored = new HeldEnvelope(claim.inThisIncarnation(held.slot()), held.device(), held.envelope());
        claim.keep(address, epoch);
        add(address, new Says.OfHeld(stored, epoch));
    }

    private void add(Address address, Says says) {
        rows.add(row(address, says));
    }

    private Row row(Address address, Says says) {
        return new Row(address, claim.life, sequence, says, timestamp);
    }

    private Set<Address> ended(Changes changes) {
        Set<Address> ended = new LinkedHashSet<>();
        changes.released()
                .forEach(held -> ended.add(Address.held(held.envelope().id(), claim.number)));
        changes.settled().forEach(id -> ended.add(Address.receipt(id, claim.number)));
        return ended;
    }

    /** Rows that the deletions delete. */
    Set<Address> gone() {
        return gone;
    }

    /** Rows that do not go with their head; they count for nothing before it. */
    boolean first(Partition partition) {
        if (apart) {
            rows.forEach(partition::write);
        }
        return true;
    }

    /** The head, with all rows if they fit. */
    boolean last(Partition partition) {
        if (!apart) {
            rows.forEach(partition::write);
        }
        partition.write(head);
        if (olderHeads && !apart) {
            partition.deleteBelow(head.address(), timestamp);
        }
        return true;
    }

    /** Deletions, once the fence has answered. */
    boolean after(Partition partition) {
        if (olderHeads && apart) {
            partition.deleteBelow(head.address(), timestamp);
        }
        gone.forEach(address -> partition.deleteUpTo(address, later));
        if (keysNotNeeded) {
            partition.deleteUpTo(Address.keys(claim.number), later);
        } else if (olderKeys) {
            partition.deleteBelow(Address.keys(claim.number), later);
        }
        return true;
    }
}
