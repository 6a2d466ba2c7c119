package lethe.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ClientFrame.Ack;
import lethe.core.protocol.ClientFrame.Send;
import lethe.core.protocol.GatewayBodies;
import lethe.core.protocol.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * Reads the two frames that phones say most, {@code send} and {@code ack}, straight from their CBOR: with their keys in
 * rising order, as every encoder of ours writes them.
 *
 * <p>Refuses nothing: whatever is not that is left to {@link ClientFrames}, which knows all forms and what is wrong
 * with the others. What both take, they take for the same frame.
 */
final class HotClientFrames {
    private static final int SEND = 2;
    private static final int ACK = 3;

    private static final Words<Urgency> URGENCIES = Words.of(Urgency.class, Urgency::word);
    private static final Words<Fallback> FALLBACKS = Words.of(Fallback.class, Fallback::word);

    private HotClientFrames() {}

    /** The frame; null if it is none of these, or has not their usual form. */
    static @Nullable ClientFrame read(byte[] bytes, int from, int length) {
        CborCursor cursor = new CborCursor(bytes, from, length);
        int fields = cursor.map() - 1;
        if (cursor.key() != Kind.KEY) {
            return null;
        }
        return switch (cursor.key()) {
            case SEND -> send(cursor, fields);
            case ACK -> ack(cursor, fields);
            default -> null;
        };
    }

    private static @Nullable Send send(CborCursor cursor, int fields) {
        long ref = -1;
        Opaque id = null;
        Opaque to = null;
        Opaque device = null;
        Duration ttl = null;
        Urgency urgency = null;
        Duration deadline = null;
        Fallback fallback = null;
        Opaque after = null;
        Opaque body = null;
        long list = -1;
        Opaque capsule = null;
        int last = Kind.KEY;
        for (int i = 0; i < fields; i++) {
            int key = cursor.key();
            if (key <= last) {
                return null;
            }
            last = key;
            switch (key) {
                case 1 -> ref = cursor.number();
                case 2 -> id = cursor.bytes(MessageId.LENGTH);
                case 3 -> to = cursor.bytes(Tag.LENGTH);
                case 4 -> device = cursor.bytes(DeviceId.LENGTH);
                case 5 -> ttl = Duration.ofMillis(cursor.number());
                case 6 -> urgency = cursor.word(URGENCIES);
                case 7 -> deadline = Duration.ofMillis(cursor.number());
                case 8 -> fallback = cursor.word(FALLBACKS);
                case 9 -> after = cursor.bytes(MessageId.LENGTH);
                case 10 -> body = cursor.bytes();
                case 11 -> list = cursor.number();
                case 12 -> capsule = cursor.bytes();
                default -> {
                    return null;
                }
            }
        }
        if (!cursor.isWhole() || ref < 0 || id == null || to == null || body == null || list == 0) {
            return null;
        }
        if (capsule != null && (capsule.length() == 0 || capsule.length() > GatewayBodies.MOST_CAPSULE)) {
            return null;
        }
        return new Send(
                ref,
                new MessageId(id),
                new Tag(to),
                device == null ? null : new DeviceId(device),
                ttl,
                urgency,
                deadline,
                fallback,
                after == null ? null : new MessageId(after),
                body,
                list < 0 ? null : list,
                capsule);
    }

    private static @Nullable Ack ack(CborCursor cursor, int fields) {
        long upto = -1;
        List<Long> except = List.of();
        List<Long> undecryptable = List.of();
        int last = Kind.KEY;
        for (int i = 0; i < fields; i++) {
            int key = cursor.key();
            if (key <= last) {
                return null;
            }
            last = key;
            switch (key) {
                case 1 -> upto = cursor.number();
                case 2 -> except = numbers(cursor);
                case 3 -> undecryptable = numbers(cursor);
                default -> {
                    return null;
                }
            }
        }
        return cursor.isWhole() && upto >= 0 ? new Ack(upto, except, undecryptable) : null;
    }

    private static List<Long> numbers(CborCursor cursor) {
        int count = cursor.list();
        if (count == 0) {
            return List.of();
        }
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < count && !cursor.isLost(); i++) {
            numbers.add(cursor.number());
        }
        return numbers;
    }
}
