package lethe.core.lookup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Statement;

/**
 * All tags that were listed when a day began, signed by the installation. The parts have not been judged; see
 * {@link #judge}.
 *
 * @param epoch the policy epoch that all of them agreed to
 * @param day counted from 1970, in days of the installation: of 24 hours, unless it is set otherwise
 * @param built when, to the millisecond
 * @param expires from then on it is void, to the millisecond
 * @param count of the entries
 * @param coded the entries, as {@link CodedSet} codes them
 * @param signature Ed25519 over {@link #statement}, 64 bytes
 */
public record DaySet(long epoch, long day, Instant built, Instant expires, long count, Opaque coded, Opaque signature) {
    private static final String CONTEXT = "lethe/1 set";

    /** What is signed: the context and each field, with SHA-256 of the coded entries for these. */
    public static byte[] statement(long epoch, long day, Instant built, Instant expires, long count, Opaque coded) {
        return Statement.of(CONTEXT)
                .with(epoch)
                .with(day)
                .with(built.toEpochMilli())
                .with(expires.toEpochMilli())
                .with(count)
                .with(sha256(coded))
                .toBytes();
    }

    /** Judges it for whoever has pinned the installation's key. */
    public Verdict judge(DeviceKey pinned, Instant now) {
        if (count < 0 || count > CodedSet.MOST || coded.length() > CodedSet.mostBytes(count)) {
            return new Verdict.Refused(SetFault.OVERSIZED);
        }
        if (!pinned.signed(statement(epoch, day, built, expires, count, coded), signature)) {
            return new Verdict.Refused(SetFault.FORGED);
        }
        if (!now.isBefore(expires)) {
            return new Verdict.Refused(SetFault.STALE);
        }
        CodedSet.Reading reading = CodedSet.read(count, coded);
        return reading instanceof CodedSet.Reading.Good good
                ? new Verdict.Holds(good.set())
                : new Verdict.Refused(((CodedSet.Reading.Bad) reading).fault());
    }

    /** Whether it comes after another one: in a later policy epoch, or in the same and on a later day. */
    public boolean isAfter(DaySet other) {
        return epoch > other.epoch || (epoch == other.epoch && day > other.day);
    }

    /** What a set is worth. */
    public sealed interface Verdict {
        /** The installation says so, and it is not too old. */
        record Holds(CodedSet set) implements Verdict {}

        /** Nothing. */
        record Refused(SetFault fault) implements Verdict {}
    }

    private static Opaque sha256(Opaque bytes) {
        try {
            return Opaque.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.shared()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
