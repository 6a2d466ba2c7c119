package lethe.launcher.installation;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import lethe.client.permit.HeldPermit;
import lethe.client.permit.PermitKey;
import lethe.client.sealing.OpeningKey;
import lethe.client.sealing.PinnedVerifier;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.permit.Permit;

/** A verifier that no process is needed for: taggers are told its key, and it permits whatever it is asked for. */
final class KnownVerifier {
    private final SecureRandom random = new SecureRandom();
    private final KeyPair signing = pair();

    /** What taggers are told. */
    String pinned() {
        return new PinnedVerifier(OpeningKey.draw(random).sealingKey(), DeviceKey.of(signing.getPublic())).toText();
    }

    /** A permit of a number that nobody has. */
    HeldPermit permit() {
        PermitKey key = PermitKey.draw(random);
        byte[] drawn = new byte[Permit.PSEUDONYM];
        random.nextBytes(drawn);
        Opaque pseudonym = Opaque.wrap(drawn);
        Instant expires = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        byte[] statement = Permit.statement(pseudonym, key.publicKey(), expires);
        return new HeldPermit(new Permit(pseudonym, key.publicKey(), expires, sign(statement)), key);
    }

    private Opaque sign(byte[] statement) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(signing.getPrivate());
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
