package lethe.broker.edge;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.ownership.Ownership;

/** Signs whatever it is asked to: a verifier's key in a test's hand. */
final class Verifier {
    private final KeyPair keys;

    Verifier() throws GeneralSecurityException {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    String key() {
        return DeviceKey.of(keys.getPublic()).bytes().toText();
    }

    /** That the number behind the phone's address is its account's. */
    Ownership word(TestPhone phone) throws GeneralSecurityException {
        return word(
                phone.tag,
                DeviceKey.of(phone.account.getPublic()),
                Instant.now().plusSeconds(600));
    }

    Ownership word(Tag tag, DeviceKey account, Instant until) throws GeneralSecurityException {
        Instant expires = until.truncatedTo(ChronoUnit.SECONDS);
        Opaque nonce = TestEdge.random(Ownership.NONCE);
        Opaque signature = TestPhone.sign(keys, Ownership.statement(tag, account, expires, nonce));
        return new Ownership(tag, account, expires, nonce, signature);
    }
}
