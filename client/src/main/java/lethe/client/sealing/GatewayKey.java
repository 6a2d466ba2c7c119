package lethe.client.sealing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;

/**
 * A gateway's public key, to which phones seal <em>capsules</em>: version 1, the key's {@link #id}, an encapsulated
 * key, and a number with what is to be said to it. A capsule is bound to one message and one key; it opens for no
 * other.
 *
 * @param bytes X25519, 32 bytes
 */
public record GatewayKey(Opaque bytes) {
    static final byte VERSION = 1;
    static final int ID = 8;
    static final int ENCAPSULATED = 1 + ID;
    static final int SEALED = ENCAPSULATED + Hpke.KEY;

    private static final byte[] INFO = "lethe/1 sms capsule".getBytes(StandardCharsets.US_ASCII);

    public GatewayKey {
        if (bytes.length() != Hpke.KEY) {
            throw new IllegalArgumentException("a gateway's key has " + Hpke.KEY + " bytes");
        }
        if (!Hpke.canSealTo(bytes)) {
            throw new IllegalArgumentException("nothing can be sealed to this key");
        }
    }

    /** Reads what {@link #toText} writes; empty if it is something else. */
    public static Optional<GatewayKey> fromText(String text) {
        try {
            return Optional.of(new GatewayKey(Opaque.fromText(text)));
        } catch (IllegalArgumentException noKey) {
            return Optional.empty();
        }
    }

    /** The key in base64url: for configuration, to pin, and to compare. */
    public String toText() {
        return bytes.toText();
    }

    /** What a capsule names its key by: the first 8 bytes of its SHA-256. */
    public Opaque id() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.shared());
            return Opaque.wrap(Arrays.copyOf(hash, ID));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /** Of the key schedule: that it is a capsule, and for which key. */
    byte[] info() {
        byte[] info = Arrays.copyOf(INFO, INFO.length + ID);
        System.arraycopy(id().shared(), 0, info, INFO.length, ID);
        return info;
    }

    /**
     * Seals what shall be sent if this message has to become an SMS. Not even who sealed it can open it again.
     *
     * @param random a cryptographically strong source
     */
    public Opaque seal(SmsContent content, MessageId message, RandomGenerator random) {
        byte[] plain = content.encode();
        try {
            Hpke.Sealed sealed = Hpke.seal(bytes, info(), message.bytes().shared(), plain, Hpke.draw(random));
            byte[] capsule = new byte[SEALED + sealed.ciphertext().length()];
            capsule[0] = VERSION;
            System.arraycopy(id().shared(), 0, capsule, 1, ID);
            System.arraycopy(sealed.encapsulated().shared(), 0, capsule, ENCAPSULATED, Hpke.KEY);
            System.arraycopy(
                    sealed.ciphertext().shared(),
                    0,
                    capsule,
                    SEALED,
                    sealed.ciphertext().length());
            return Opaque.wrap(capsule);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }
}
