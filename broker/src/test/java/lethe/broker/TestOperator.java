package lethe.broker;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import lethe.core.consent.Policy;
import lethe.core.consent.SignedPolicy;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Bodies;

/** Somebody with a policy key. */
public final class TestOperator {
    private final KeyPair keys;

    public TestOperator() {
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public DeviceKey key() {
        return DeviceKey.of(keys.getPublic());
    }

    public SignedPolicy sign(long epoch, String text) {
        Policy policy = Policy.of(epoch, text);
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(SignedPolicy.statement(policy, at));
            return new SignedPolicy(policy, text, at, Opaque.wrap(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As it is offered to a broker. */
    public Bodies.PolicyInForce policy(long epoch, String text) {
        return Bodies.PolicyInForce.of(sign(epoch, text));
    }
}
