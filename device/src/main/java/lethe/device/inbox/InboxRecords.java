package lethe.device.inbox;

import java.nio.ByteBuffer;
import java.time.Instant;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;

/**
 * The events of the inbox as records of a ledger: one byte for the kind, the id, the time, the body. What was opened
 * has the use, with its length in one byte, before the body.
 */
public final class InboxRecords {
    private static final byte TAKEN = 1;
    private static final byte SEEN = 2;
    private static final byte OPENED = 3;
    private static final int HEADER = 1 + MessageId.LENGTH + Long.BYTES;

    private InboxRecords() {}

    public static Opaque encode(InboxEvent event) {
        if (event instanceof InboxEvent.Taken taken) {
            return taken.use().length() == 0
                    ? record(TAKEN, taken.id(), taken.at(), taken.body())
                    : record(OPENED, taken.id(), taken.at(), joined(taken.use(), taken.body()));
        }
        InboxEvent.Seen seen = (InboxEvent.Seen) event;
        return record(SEEN, seen.id(), seen.at(), Opaque.empty());
    }

    private static Opaque joined(Opaque use, Opaque body) {
        return Opaque.wrap(ByteBuffer.allocate(1 + use.length() + body.length())
                .put((byte) use.length())
                .put(use.shared())
                .put(body.shared())
                .array());
    }

    private static Opaque record(byte kind, MessageId id, Instant at, Opaque body) {
        return Opaque.wrap(ByteBuffer.allocate(HEADER + body.length())
                .put(kind)
                .put(id.bytes().shared())
                .putLong(at.toEpochMilli())
                .put(body.shared())
                .array());
    }

    /**
     * From {@link #encode}.
     *
     * @throws IllegalArgumentException if it is no such record
     */
    public static InboxEvent decode(Opaque record) {
        if (record.length() < HEADER) {
            throw new IllegalArgumentException("not a record of an inbox");
        }
        ByteBuffer bytes = ByteBuffer.wrap(record.shared());
        byte kind = bytes.get();
        byte[] id = new byte[MessageId.LENGTH];
        bytes.get(id);
        Instant at = Instant.ofEpochMilli(bytes.getLong());
        MessageId message = new MessageId(Opaque.wrap(id));
        return switch (kind) {
            case TAKEN -> new InboxEvent.Taken(message, rest(bytes), Opaque.empty(), at);
            case OPENED -> opened(message, at, bytes);
            case SEEN -> new InboxEvent.Seen(message, at);
            default -> throw new IllegalArgumentException("not a record of an inbox");
        };
    }

    private static InboxEvent opened(MessageId id, Instant at, ByteBuffer bytes) {
        int length = bytes.hasRemaining() ? bytes.get() : -1;
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("not a record of an inbox");
        }
        byte[] use = new byte[length];
        bytes.get(use);
        return new InboxEvent.Taken(id, rest(bytes), Opaque.wrap(use), at);
    }

    private static Opaque rest(ByteBuffer bytes) {
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return Opaque.wrap(rest);
    }
}
