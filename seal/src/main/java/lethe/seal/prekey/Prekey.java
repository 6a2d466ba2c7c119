package lethe.seal.prekey;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import lethe.core.account.Device;
import lethe.core.identity.Opaque;
import lethe.core.identity.Statement;
import lethe.core.identity.Tag;
import lethe.seal.crypto.Signatures;
import lethe.seal.crypto.Signer;
import lethe.seal.crypto.Suite;
import lethe.seal.form.FieldReader;
import lethe.seal.form.FieldWriter;

/**
 * A public key that others seal to, as its device signed it. Brokers carry it as bytes: 111 with {@link Suite#X25519},
 * 1,295 with {@link Suite#X_WING}.
 *
 * @param expires to the second; from then on nothing is sealed to it
 * @param key public, as long as its suite says
 * @param signature Ed25519 by the device's key over {@link #statement}, 64 bytes
 */
public record Prekey(PrekeyId id, PrekeyKind kind, Suite suite, Instant expires, Opaque key, Opaque signature) {
    /** As many bytes as brokers take. */
    public static final int MOST_BYTES = 2_048;

    private static final int VERSION = 1;

    /**
     * A prekey that has the right form; whether the signature holds is not looked at.
     *
     * @throws IllegalArgumentException if key or signature have another length, or the time parts of a second
     */
    public Prekey {
        if (key.length() != suite.publicKey() || signature.length() != Signatures.LENGTH) {
            throw new IllegalArgumentException("key or signature of another length");
        }
        if (!expires.equals(expires.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("expires in whole seconds");
        }
    }

    static Prekey sign(Tag tag, Signer device, PrekeyId id, PrekeyKind kind, Suite suite, Instant expires, Opaque key) {
        Instant ends = expires.truncatedTo(ChronoUnit.SECONDS);
        return new Prekey(id, kind, suite, ends, key, device.sign(statement(tag, id, kind, suite, ends, key)));
    }

    /** What the device signs: the context, whose address it is for, then each field with its length in front. */
    static byte[] statement(Tag tag, PrekeyId id, PrekeyKind kind, Suite suite, Instant expires, Opaque key) {
        return Statement.of("lethe/1 prekey")
                .with(tag.bytes())
                .with(id.number())
                .with(kind.code())
                .with(suite.code())
                .with(expires.getEpochSecond())
                .with(key)
                .toBytes();
    }

    /** Reads what {@link #encode} writes; empty if it is something else. */
    public static Optional<Prekey> decode(Opaque bytes) {
        FieldReader in = new FieldReader(bytes);
        int version = in.u8();
        PrekeyKind kind = PrekeyKind.of(in.u8()).orElse(null);
        Suite suite = Suite.of(in.u8()).orElse(null);
        if (version != VERSION || kind == null || suite == null) {
            return Optional.empty();
        }
        PrekeyId id = new PrekeyId(in.u32());
        long expires = in.u64();
        Opaque key = in.raw(suite.publicKey());
        Opaque signature = in.raw(Signatures.LENGTH);
        if (!in.isDone() || expires < 0 || expires > Instant.MAX.getEpochSecond()) {
            return Optional.empty();
        }
        return Optional.of(new Prekey(id, kind, suite, Instant.ofEpochSecond(expires), key, signature));
    }

    /** For brokers to keep and hand out. */
    public Opaque encode() {
        return Opaque.wrap(new FieldWriter()
                .u8(VERSION)
                .u8(kind.code())
                .u8(suite.code())
                .u32(id.bits())
                .u64(expires.getEpochSecond())
                .raw(key)
                .raw(signature)
                .toBytes());
    }

    /**
     * Judges it for whoever wants to seal to it.
     *
     * @param tag whom it is meant for
     * @param device from a list that the account signed
     */
    public PrekeyVerdict judge(Tag tag, Device device, Instant now) {
        if (!Signatures.hold(device.key(), statement(tag, id, kind, suite, expires, key), signature)) {
            return new PrekeyVerdict.Unusable(PrekeyVerdict.Reason.FORGED);
        }
        return now.isBefore(expires)
                ? new PrekeyVerdict.Usable(new CheckedPrekey(tag, device.id(), this))
                : new PrekeyVerdict.Unusable(PrekeyVerdict.Reason.EXPIRED);
    }
}
