package lethe.device.inbox;

import java.nio.ByteBuffer;
import java.time.Instant;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;

/** The events of the inbox as records of a ledger: one byte for the kind, the id, the time, the body. */
public final class InboxRecords {
    private static final byte TAKEN = 1;
    private static final byte SEEN = 2;
    private static final int HEADER = 1 + MessageId.LENGTH + Long.BYTES;

    private InboxRecords() {}

    public static Opaque encode(InboxEvent event) {
        if (event instanceof InboxEvent.Taken taken) {
            return record(TAKEN, taken.id(), taken.at(), taken.body());
        }
        InboxEvent.Seen seen = (InboxEvent.Seen) event;
        return record(SEEN, seen.id(), seen.at(), Opaque.empty());
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
        byte[] body = new byte[bytes.remaining()];
        bytes.get(body);
        MessageId message = new MessageId(Opaque.wrap(id));
        return switch (kind) {
            case TAKEN -> new InboxEvent.Taken(message, Opaque.wrap(body), at);
            case SEEN -> new InboxEvent.Seen(message, at);
            default -> throw new IllegalArgumentException("not a record of an inbox");
        };
    }
}
