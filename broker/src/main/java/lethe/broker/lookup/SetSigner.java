package lethe.broker.lookup;

import java.time.Instant;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.lookup.CodedSet;
import lethe.core.lookup.DaySet;
import lethe.core.lookup.HourSet;
import lethe.persistence.seal.InstallationKey;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * The installation's key for what it publishes: Ed25519 (RFC 8032), derived from its secret, so the same on all nodes
 * and after every restart. It does not print.
 */
public final class SetSigner {
    private static final String LABEL = "lethe lookup 1";

    private final Ed25519PrivateKeyParameters key;

    private SetSigner(Ed25519PrivateKeyParameters key) {
        this.key = key;
    }

    /** Derived from the secret of an installation, which is of 32 bytes or more. */
    public static SetSigner of(Opaque secret) {
        return new SetSigner(new Ed25519PrivateKeyParameters(
                InstallationKey.derived(secret, LABEL).shared()));
    }

    /** What phones pin. */
    public DeviceKey publicKey() {
        return new DeviceKey(Opaque.wrap(key.generatePublicKey().getEncoded()));
    }

    DaySet day(long epoch, long day, Instant built, Instant expires, CodedSet set) {
        byte[] statement = DaySet.statement(epoch, day, built, expires, set.count(), set.bytes());
        return new DaySet(epoch, day, built, expires, set.count(), set.bytes(), sign(statement));
    }

    HourSet hour(long epoch, long day, long hour, Instant built, long[] ascending) {
        Opaque entries = HourSet.pack(ascending);
        return new HourSet(epoch, day, hour, built, entries, sign(HourSet.statement(epoch, day, hour, built, entries)));
    }

    /** Signs what begins with a context of its own, so that no signature of one kind holds for another. */
    public Opaque sign(byte[] statement) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(statement, 0, statement.length);
        return Opaque.wrap(signer.generateSignature());
    }

    @Override
    public String toString() {
        return "SetSigner[***]";
    }
}
