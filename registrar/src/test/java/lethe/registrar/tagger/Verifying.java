package lethe.registrar.tagger;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import lethe.client.permit.HeldPermit;
import lethe.client.permit.PermitKey;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.permit.Permit;

/** A verifier that signs permits, in tests. */
final class Verifying {
    private final Random random = new Random(11);
    private final KeyPair pair = pair();

    DeviceKey key() {
        return DeviceKey.of(pair.getPublic());
    }

    /** A permit of a number that nobody has, for a day from a whole second on. */
    HeldPermit permit(Instant now) {
        byte[] drawn = new byte[Permit.PSEUDONYM];
        random.nextBytes(drawn);
        Opaque pseudonym = Opaque.wrap(drawn);
        PermitKey own = PermitKey.draw(random);
        Instant expires = now.plus(Duration.ofDays(1));
        Opaque signature = sign(Permit.statement(pseudonym, own.publicKey(), expires));
        return new HeldPermit(new Permit(pseudonym, own.publicKey(), expires, signature), own);
    }

    private Opaque sign(byte[] statement) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(statement);
            return Opaque.wrap(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
