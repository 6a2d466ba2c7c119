package lethe.core.subscriber;

import java.util.List;
import lethe.core.identity.MessageId;
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
 */
public record Changes(
        boolean erase,
        List<HeldEnvelope> held,
        List<HeldEnvelope> released,
        List<Receipt> receipts,
        List<MessageId> settled) {}
