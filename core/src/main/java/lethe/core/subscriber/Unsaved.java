package lethe.core.subscriber;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lethe.core.identity.MessageId;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyRef;
import lethe.core.receipt.Receipt;

/** What changed in a {@link SubscriberState} since its last snapshot. Made by the first change, dropped when saved. */
final class Unsaved {
    private boolean erased;
    private Instant woken = Instant.MIN;
    private final Map<MessageId, HeldEnvelope> held = new LinkedHashMap<>();
    private final List<HeldEnvelope> released = new ArrayList<>();
    private final Map<MessageId, Receipt> receipts = new LinkedHashMap<>();
    private final Set<MessageId> settled = new LinkedHashSet<>();
    private Map<PrekeyRef, Prekey> published = Map.of();
    private Set<PrekeyRef> spent = Set.of();

    void erase() {
        erased = true;
    }

    void woken(Instant at) {
        woken = at.isAfter(woken) ? at : woken;
    }

    void hold(HeldEnvelope row) {
        held.put(row.envelope().id(), row);
    }

    /** A row that was never stored need not be deleted. */
    void release(HeldEnvelope row) {
        if (held.remove(row.envelope().id()) == null) {
            released.add(row);
        }
    }

    void end(Receipt receipt) {
        receipts.put(receipt.id(), receipt);
        settled.remove(receipt.id());
    }

    void settle(MessageId id) {
        receipts.remove(id);
        settled.add(id);
    }

    void publish(PrekeyRef as, Prekey prekey) {
        published = published.isEmpty() ? new LinkedHashMap<>() : published;
        published.put(as, prekey);
        if (!spent.isEmpty()) {
            spent.remove(as);
        }
    }

    void spend(PrekeyRef prekey) {
        if (published.isEmpty() || published.remove(prekey) == null) {
            spent = spent.isEmpty() ? new LinkedHashSet<>() : spent;
            spent.add(prekey);
        }
    }

    Instant woken() {
        return woken;
    }

    Changes changes() {
        return new Changes(
                erased,
                List.copyOf(held.values()),
                List.copyOf(released),
                List.copyOf(receipts.values()),
                List.copyOf(settled),
                Map.copyOf(published),
                Set.copyOf(spent));
    }
}
