package lethe.registrar.gateway;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.GatewayBodies;
import lethe.core.protocol.SmsEnd;
import lethe.registrar.gateway.LedgerEvent.Accepted;
import lethe.registrar.gateway.LedgerEvent.Acknowledged;
import lethe.registrar.gateway.LedgerEvent.Begun;
import lethe.registrar.gateway.LedgerEvent.Ended;
import lethe.registrar.gateway.LedgerEvent.PartDelivered;
import lethe.registrar.gateway.LedgerEvent.PartTaken;
import lethe.registrar.gateway.LedgerEvent.Paused;
import org.jspecify.annotations.Nullable;

/** Events as bytes. A number is never given anew. */
final class LedgerCode {
    static final int DIGEST = 16;

    private static final int ACCEPTED = 1;
    private static final int BEGUN = 2;
    private static final int PAUSED = 3;
    private static final int PART_TAKEN = 4;
    private static final int PART_DELIVERED = 5;
    private static final int ENDED = 6;
    private static final int ACKNOWLEDGED = 7;

    private LedgerCode() {}

    static byte[] encode(LedgerEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(event, new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(LedgerEvent event, DataOutputStream out) throws IOException {
        if (event instanceof Accepted accepted) {
            begin(ACCEPTED, event, out);
            out.write(accepted.digest().shared());
            out.writeLong(accepted.expires().toEpochMilli());
            out.writeLong(accepted.until().toEpochMilli());
            writeLabel(accepted.label(), out);
        } else if (event instanceof Begun begun) {
            begin(BEGUN, event, out);
            out.writeShort(begun.parts());
        } else if (event instanceof Paused) {
            begin(PAUSED, event, out);
        } else if (event instanceof PartTaken part) {
            begin(PART_TAKEN, event, out);
            out.writeShort(part.place());
            out.writeUTF(part.centre());
            out.writeUTF(part.key());
        } else if (event instanceof PartDelivered part) {
            begin(PART_DELIVERED, event, out);
            out.writeShort(part.place());
        } else if (event instanceof Ended ended) {
            begin(ENDED, event, out);
            out.writeUTF(ended.end().word());
            out.writeLong(ended.at().toEpochMilli());
        } else {
            begin(ACKNOWLEDGED, event, out);
        }
    }

    /** At the end: without one, an event is what it was before there were labels. */
    private static void writeLabel(@Nullable Opaque label, DataOutputStream out) throws IOException {
        if (label != null) {
            out.writeByte(label.length());
            out.write(label.shared());
        }
    }

    private static void begin(int number, LedgerEvent event, DataOutputStream out) throws IOException {
        out.writeByte(number);
        out.write(event.id().bytes().shared());
    }

    /** Reads what {@link #encode} writes; empty if it is something else. */
    static Optional<LedgerEvent> decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int number = in.readUnsignedByte();
            MessageId id = new MessageId(bytes(in, MessageId.LENGTH));
            return switch (number) {
                case ACCEPTED ->
                    Optional.of(new Accepted(
                            id, bytes(in, DIGEST), time(in.readLong()), time(in.readLong()), readLabel(in)));
                case BEGUN -> Optional.of(new Begun(id, in.readUnsignedShort()));
                case PAUSED -> Optional.of(new Paused(id));
                case PART_TAKEN -> Optional.of(new PartTaken(id, in.readUnsignedShort(), in.readUTF(), in.readUTF()));
                case PART_DELIVERED -> Optional.of(new PartDelivered(id, in.readUnsignedShort()));
                case ENDED -> Optional.of(new Ended(id, SmsEnd.ofWord(in.readUTF()), time(in.readLong())));
                case ACKNOWLEDGED -> Optional.of(new Acknowledged(id));
                default -> Optional.empty();
            };
        } catch (IOException | IllegalArgumentException garbled) {
            return Optional.empty();
        }
    }

    private static @Nullable Opaque readLabel(DataInputStream in) throws IOException {
        if (in.available() == 0) {
            return null;
        }
        int length = in.readUnsignedByte();
        if (length == 0 || length > GatewayBodies.MOST_LABEL) {
            throw new IllegalArgumentException("not a label");
        }
        return bytes(in, length);
    }

    private static Opaque bytes(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return Opaque.wrap(bytes);
    }

    private static Instant time(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
