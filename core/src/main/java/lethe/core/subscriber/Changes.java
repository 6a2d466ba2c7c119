package lethe.core.subscriber;

import java.util.List;
import java.util.Map;
import java.util.Set;
import lethe.core.identity.MessageId;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyRef;
import lethe.core.receipt.Receipt;

/**
 * What the next incremental snapshot has to write. But for {@code erase}, the order does not matter: no row is both
 * added and deleted.
 *
 * @param erase delete everything of this subscriber first
 * @param held rows to add
 * @param released rows to delete
 * @param receipts to add
 * @param settled receipts to delete; one that came and went between two snapshots was never stored
 * @param published prekeys to add
 * @param spent prekeys to delete
 */
public record Changes(
        boolean erase,
        List<HeldEnvelope> held,
        List<HeldEnvelope> released,
        List<Receipt> receipts,
        List<MessageId> settled,
        Map<PrekeyRef, Prekey> published,
        Set<PrekeyRef> spent) {
    /** Without prekeys. */
    public Changes(
            boolean erase,
            List<HeldEnvelope> held,
            List<HeldEnvelope> released,
            List<Receipt> receipts,
            List<MessageId> settled) {
        this(erase, held, released, receipts, settled, Map.of(), Set.of());
    }
}
