package lethe.device.outbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Difference;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.receipt.ReceiptState;
import lethe.device.sms.SmsResult;

/** The events of the outbox as records of a ledger: one byte for the kind, the id, the rest. Kinds are never reused. */
public final class OutboxRecords {
    private static final int ACCEPTED = 1;
    private static final int OFFERED = 2;
    private static final int HELD = 3;
    private static final int UNHELD = 4;
    private static final int REVOKE_ASKED = 5;
    private static final int SMS_STARTED = 6;
    private static final int SETTLED = 7;
    private static final int FORGOTTEN = 8;
    private static final int ENDED_BY_RECEIPT = 9;
    private static final int ENDED_REFUSED = 10;
    private static final int ENDED_BY_SMS = 11;
    private static final int ENDED_ABANDONED = 12;
    private static final int COPIED = 13;
    private static final int ACCEPTED_LETTER = 14;
    private static final int COPIED_SEALED = 15;
    private static final int OFFERED_WITH_CAPSULE = 16;

    private static final Map<Class<? extends OutboxEvent>, Integer> KINDS = Map.of(
            OutboxEvent.Held.class, HELD,
            OutboxEvent.Unheld.class, UNHELD,
            OutboxEvent.RevokeAsked.class, REVOKE_ASKED,
            OutboxEvent.SmsStarted.class, SMS_STARTED,
            OutboxEvent.Settled.class, SETTLED,
            OutboxEvent.Forgotten.class, FORGOTTEN);

    private OutboxRecords() {}

    public static Opaque encode(OutboxEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(kind(event));
            out.write(event.id().bytes().shared());
            writeRest(event, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Opaque.wrap(bytes.toByteArray());
    }

    private static int kind(OutboxEvent event) {
        if (event instanceof OutboxEvent.Ended ended) {
            return endKind(ended.outcome());
        }
        if (event instanceof OutboxEvent.Accepted accepted) {
            return accepted.message().handling().isSealed() ? ACCEPTED_LETTER : ACCEPTED;
        }
        if (event instanceof OutboxEvent.Copied copied) {
            return copied.envelope() == null ? COPIED : COPIED_SEALED;
        }
        if (event instanceof OutboxEvent.Offered offered) {
            return offered.capsule() == null ? OFFERED : OFFERED_WITH_CAPSULE;
        }
        return Objects.requireNonNull(KINDS.get(event.getClass()));
    }

    private static int endKind(Outcome outcome) {
        if (outcome instanceof Outcome.Receipted) {
            return ENDED_BY_RECEIPT;
        }
        if (outcome instanceof Outcome.Refused) {
            return ENDED_REFUSED;
        }
        return outcome instanceof Outcome.BySms ? ENDED_BY_SMS : ENDED_ABANDONED;
    }

    private static void writeRest(OutboxEvent event, DataOutputStream out) throws IOException {
        if (event instanceof OutboxEvent.Accepted accepted) {
            if (accepted.message().handling().isSealed()) {
                out.writeUTF(accepted.message().handling().name());
            }
            MessageRecords.write(accepted.message(), out);
        } else if (event instanceof OutboxEvent.Copied copied) {
            out.write(copied.device().bytes().shared());
            if (copied.envelope() != null) {
                out.writeByte(copied.attempt());
                MessageRecords.writeBytes(copied.envelope(), out);
            }
        } else if (event instanceof OutboxEvent.Offered offered) {
            out.writeLong(offered.at().toEpochMilli());
            if (offered.capsule() != null) {
                MessageRecords.writeBytes(offered.capsule(), out);
            }
        } else if (event instanceof OutboxEvent.Held held) {
            out.writeLong(held.expires().toEpochMilli());
        } else if (event instanceof OutboxEvent.SmsStarted started) {
            writeEnd(started.at(), started.settle(), out);
        } else if (event instanceof OutboxEvent.Ended ended) {
            writeEnd(ended.at(), ended.settle(), out);
            if (ended.outcome() instanceof Outcome.Receipted receipted) {
                out.writeUTF(receipted.state().name());
            } else if (ended.outcome() instanceof Outcome.BySms bySms) {
                out.writeUTF(bySms.result().name());
            } else if (ended.outcome() instanceof Outcome.Refused refused) {
                writeProblem(refused.problem(), out);
            }
        }
    }

    private static void writeEnd(Instant at, boolean settle, DataOutputStream out) throws IOException {
        out.writeLong(at.toEpochMilli());
        out.writeBoolean(settle);
    }

    /** Type, detail and limit: what an owner can be told. When to retry, and which devices, means nothing later. */
    private static void writeProblem(Problem problem, DataOutputStream out) throws IOException {
        out.writeUTF(problem.type().name());
        MessageRecords.writeOptional(problem.detail(), out, out::writeUTF);
        MessageRecords.writeOptional(problem.limit(), out, out::writeLong);
    }

    /**
     * From {@link #encode}.
     *
     * @throws IllegalArgumentException if it is no such record: written by a newer version, then
     */
    public static OutboxEvent decode(Opaque record) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record.shared()))) {
            int kind = in.readUnsignedByte();
            MessageId id = new MessageId(Opaque.wrap(in.readNBytes(MessageId.LENGTH)));
            return switch (kind) {
                case ACCEPTED -> new OutboxEvent.Accepted(MessageRecords.read(id, Handling.AS_IS, in));
                case ACCEPTED_LETTER ->
                    new OutboxEvent.Accepted(MessageRecords.read(id, Handling.valueOf(in.readUTF()), in));
                case OFFERED -> new OutboxEvent.Offered(id, instant(in));
                case OFFERED_WITH_CAPSULE ->
                    new OutboxEvent.Offered(id, instant(in), MessageRecords.readBytes(in, in.readInt()));
                case HELD -> new OutboxEvent.Held(id, instant(in));
                case COPIED -> new OutboxEvent.Copied(id, device(in), 0, null);
                case COPIED_SEALED ->
                    new OutboxEvent.Copied(
                            id, device(in), in.readUnsignedByte(), MessageRecords.readBytes(in, in.readInt()));
                case UNHELD -> new OutboxEvent.Unheld(id);
                case REVOKE_ASKED -> new OutboxEvent.RevokeAsked(id);
                case SETTLED -> new OutboxEvent.Settled(id);
                case FORGOTTEN -> new OutboxEvent.Forgotten(id);
                case SMS_STARTED -> new OutboxEvent.SmsStarted(id, instant(in), in.readBoolean());
                default -> ended(kind, id, in);
            };
        } catch (IOException e) {
            throw new IllegalArgumentException("not a record of an outbox", e);
        }
    }

    private static DeviceId device(DataInputStream in) throws IOException {
        return new DeviceId(Opaque.wrap(in.readNBytes(DeviceId.LENGTH)));
    }

    private static OutboxEvent ended(int kind, MessageId id, DataInputStream in) throws IOException {
        Instant at = instant(in);
        boolean settle = in.readBoolean();
        Outcome outcome = switch (kind) {
            case ENDED_BY_RECEIPT -> new Outcome.Receipted(ReceiptState.valueOf(in.readUTF()));
            case ENDED_BY_SMS -> new Outcome.BySms(SmsResult.valueOf(in.readUTF()));
            case ENDED_REFUSED -> new Outcome.Refused(problem(in));
            case ENDED_ABANDONED -> new Outcome.Abandoned();
            default -> throw new IOException("unknown kind of record");
        };
        return new OutboxEvent.Ended(id, outcome, at, settle);
    }

    private static Problem problem(DataInputStream in) throws IOException {
        ProblemType type = ProblemType.valueOf(in.readUTF());
        String detail = in.readBoolean() ? in.readUTF() : null;
        Long limit = in.readBoolean() ? (Long) in.readLong() : null;
        return new Problem(type, detail, limit, null, Difference.NONE, List.of(), null);
    }

    private static Instant instant(DataInputStream in) throws IOException {
        return Instant.ofEpochMilli(in.readLong());
    }
}
