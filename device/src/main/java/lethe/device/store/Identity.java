package lethe.device.store;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.random.RandomGenerator;
import lethe.core.consent.Consent;
import lethe.core.consent.Scope;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;

/**
 * Who a phone is: its device id, its Ed25519 key pair (RFC 8032) and its address.
 *
 * <p>In this release the address is 32 random bytes, exchanged by people: registering by phone number, which derives
 * the tag from the number, comes with the registrar.
 */
public final class Identity {
    private static final String ALGORITHM = "Ed25519";

    private final DeviceId device;
    private final Tag tag;
    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private Identity(DeviceId device, Tag tag, KeyPair pair) {
        this.device = device;
        this.tag = tag;
        this.privateKey = pair.getPrivate();
        this.publicKey = pair.getPublic();
    }

    /**
     * A new phone.
     *
     * @param random a cryptographically strong source
     */
    public static Identity draw(RandomGenerator random) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new Identity(new DeviceId(bytes(random, DeviceId.LENGTH)), new Tag(bytes(random, Tag.LENGTH)), pair);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /**
     * A phone as it was stored.
     *
     * @param pkcs8 the private key (RFC 8410)
     * @param x509 the public key (RFC 8410)
     * @throws IllegalArgumentException if they are not keys
     */
    public static Identity of(DeviceId device, Tag tag, Opaque pkcs8, Opaque x509) {
        try {
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            PublicKey publicKey = keys.generatePublic(new X509EncodedKeySpec(x509.shared()));
            PrivateKey privateKey = keys.generatePrivate(new PKCS8EncodedKeySpec(pkcs8.shared()));
            return new Identity(device, tag, new KeyPair(publicKey, privateKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 key pair");
        }
    }

    private static Opaque bytes(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }

    public DeviceId device() {
        return device;
    }

    public Tag tag() {
        return tag;
    }

    public DeviceKey key() {
        return DeviceKey.of(publicKey);
    }

    /** PKCS#8, for the phone's own key file. */
    Opaque pkcs8() {
        return Opaque.wrap(privateKey.getEncoded());
    }

    /** X.509, for the phone's own key file. */
    Opaque x509() {
        return Opaque.wrap(publicKey.getEncoded());
    }

    /** Signs by the device key. */
    public Opaque sign(byte[] statement) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(statement);
            return Opaque.wrap(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the device key does not sign", e);
        }
    }

    /**
     * The owner's agreement to a policy, signed by the device key.
     *
     * @param at when the owner agreed; signed and told to the millisecond
     */
    public Bodies.OptIn consent(Bodies.PolicyInForce policy, Set<Scope> scopes, Instant at) {
        Instant agreed = at.truncatedTo(ChronoUnit.MILLIS);
        byte[] statement = Consent.statement(tag, key(), device, policy.epoch(), policy.textHash(), scopes, agreed);
        return new Bodies.OptIn(device, key(), policy.epoch(), policy.textHash(), scopes, agreed, sign(statement));
    }

    @Override
    public String toString() {
        return "Identity[***]";
    }
}
