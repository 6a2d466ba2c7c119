package lethe.core.subscriber;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.MessageId;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;

/**
 * The last few messages that ended without touching a disk, so that a repeated send gets its answer again. Forgetting
 * one is harmless: the message is offered to the device once more, which drops it.
 *
 * <p>A ring of numbers, not of objects: what is remembered of a hundred thousand live messages is no work for the
 * garbage collector, whose pauses phones would feel.
 */
final class Recent {
    static final int CAPACITY = 64;

    private static final int FIRST_CAPACITY = 4;
    private static final int FALLBACK = 0x100;
    private static final List<ReceiptState> STATES = List.of(ReceiptState.values());

    // Of one receipt: the id's two halves, the time in milliseconds, the fingerprint, state and fallback.
    private static final int ID = 0;
    private static final int ID_END = 1;
    private static final int AT = 2;
    private static final int FINGERPRINT = 3;
    private static final int STATE = 4;
    private static final int LONGS = 5;
    private static final long[] NONE = {};

    private long[] ring = NONE;
    private int size;
    private int next;

    /** Remembers a receipt of a message that is not remembered yet. */
    void add(Receipt receipt) {
        if (next * LONGS == ring.length) {
            makeRoom();
        }
        ByteBuffer id = bytes(receipt.id());
        int base = next * LONGS;
        ring[base + ID] = id.getLong();
        ring[base + ID_END] = id.getLong();
        ring[base + AT] = receipt.at().toEpochMilli();
        ring[base + FINGERPRINT] = receipt.fingerprint();
        ring[base + STATE] = STATES.indexOf(receipt.state()) | (receipt.fallback() ? FALLBACK : 0);
        next++;
        size = Math.max(size, next);
    }

    /** Begins anew at the oldest, once it is as large as it may get. */
    private void makeRoom() {
        if (next == CAPACITY) {
            next = 0;
        } else {
            ring = Arrays.copyOf(ring, Math.max(2 * next, FIRST_CAPACITY) * LONGS);
        }
    }

    Optional<Receipt> find(MessageId id) {
        if (size == 0) {
            return Optional.empty();
        }
        ByteBuffer bytes = bytes(id);
        long first = bytes.getLong();
        long second = bytes.getLong();
        for (int base = 0; base < size * LONGS; base += LONGS) {
            if (ring[base + ID] == first && ring[base + ID_END] == second) {
                return Optional.of(receipt(id, base));
            }
        }
        return Optional.empty();
    }

    private Receipt receipt(MessageId id, int base) {
        int state = (int) ring[base + STATE];
        return new Receipt(
                id,
                STATES.get(state & ~FALLBACK),
                Instant.ofEpochMilli(ring[base + AT]),
                (state & FALLBACK) != 0,
                ring[base + FINGERPRINT]);
    }

    private static ByteBuffer bytes(MessageId id) {
        return ByteBuffer.wrap(id.bytes().shared());
    }

    void clear() {
        ring = NONE;
        size = 0;
        next = 0;
    }
}
