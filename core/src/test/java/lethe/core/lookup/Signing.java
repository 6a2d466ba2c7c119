package lethe.core.lookup;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;

/** An installation that signs what a test tells it to. */
final class Signing {
    private final KeyPair pair;

    Signing() {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    DeviceKey key() {
        return DeviceKey.of(pair.getPublic());
    }

    DaySet day(long epoch, long day, Instant built, Instant expires, long count, Opaque coded) {
        return new DaySet(
                epoch,
                day,
                built,
                expires,
                count,
                coded,
                sign(DaySet.statement(epoch, day, built, expires, count, coded)));
    }

    HourSet hour(long epoch, long day, long hour, Instant built, Opaque entries) {
        return new HourSet(epoch, day, hour, built, entries, sign(HourSet.statement(epoch, day, hour, built, entries)));
    }

    private Opaque sign(byte[] statement) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(statement);
            return Opaque.wrap(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
