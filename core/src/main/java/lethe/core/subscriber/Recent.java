package lethe.core.subscriber;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import lethe.core.identity.MessageId;
import lethe.core.receipt.Receipt;

/**
 * The last few messages that ended without touching a disk, so that a repeated send gets its answer again. Forgetting
 * one is harmless: the message is offered to the device once more, which drops it.
 */
final class Recent {
    private static final int CAPACITY = 64;

    private Map<MessageId, Receipt> receipts = Map.of();

    void add(Receipt receipt) {
        if (receipts.isEmpty()) {
            receipts = new Latest();
        }
        receipts.put(receipt.id(), receipt);
    }

    Optional<Receipt> find(MessageId id) {
        return Optional.ofNullable(receipts.get(id));
    }

    void clear() {
        receipts = Map.of();
    }

    /** The youngest {@value #CAPACITY}. */
    @SuppressWarnings("serial") // never serialized
    private static final class Latest extends LinkedHashMap<MessageId, Receipt> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageId, Receipt> eldest) {
            return size() > CAPACITY;
        }
    }
}
