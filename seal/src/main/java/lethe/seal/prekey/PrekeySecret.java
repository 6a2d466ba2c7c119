package lethe.seal.prekey;

import com.google.errorprone.annotations.RestrictedApi;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.seal.crypto.Hpke;
import lethe.seal.crypto.Incoming;
import lethe.seal.crypto.Signer;
import lethe.seal.crypto.Suite;

/**
 * The secret half of a prekey: whoever has it reads what was sealed to it. It does not print.
 *
 * <p>Safe for use by many threads; once destroyed it opens nothing.
 */
public final class PrekeySecret {
    private final PrekeyId id;
    private final PrekeyKind kind;
    private final Suite suite;
    private final byte[] secret;
    private boolean destroyed;

    private PrekeySecret(PrekeyId id, PrekeyKind kind, Suite suite, byte[] secret) {
        this.id = id;
        this.kind = kind;
        this.suite = suite;
        this.secret = secret;
    }

    /**
     * A secret as it was kept.
     *
     * @param secret what {@link #reveal} gave; copied
     * @throws IllegalArgumentException if it has another length
     */
    public static PrekeySecret of(PrekeyId id, PrekeyKind kind, Suite suite, Opaque secret) {
        if (secret.length() != Suite.SECRET) {
            throw new IllegalArgumentException("a secret key has " + Suite.SECRET + " bytes");
        }
        return new PrekeySecret(id, kind, suite, secret.toBytes());
    }

    public PrekeyId id() {
        return id;
    }

    public PrekeyKind kind() {
        return kind;
    }

    public Suite suite() {
        return suite;
    }

    /** The context that somebody agreed on with this key; empty if there is none, or this is destroyed. */
    public Optional<Incoming> receive(Opaque encapsulated, byte[] info) {
        return copy().flatMap(bytes -> {
            Optional<Incoming> context = Hpke.receive(suite, Opaque.wrap(bytes), encapsulated, info);
            Arrays.fill(bytes, (byte) 0);
            return context;
        });
    }

    /**
     * The public half for others, the same bytes each time if the signer signs so; empty if this is destroyed.
     *
     * @param tag of the account that the device belongs to
     * @param device signs it
     * @param expires as it was published first
     */
    public Optional<Prekey> publish(Tag tag, Signer device, Instant expires) {
        return copy().map(bytes -> {
            Opaque key = Hpke.publicKey(suite, Opaque.wrap(bytes));
            Arrays.fill(bytes, (byte) 0);
            return Prekey.sign(tag, device, id, kind, suite, expires, key);
        });
    }

    /**
     * The secret in clear, for callers marked {@link RevealsSecrets}; empty if it is destroyed.
     *
     * @return {@link Suite#SECRET} bytes
     */
    @RestrictedApi(
            explanation = "whoever reads it can open what was sealed to it",
            allowlistAnnotations = RevealsSecrets.class)
    public Optional<Opaque> reveal() {
        return copy().map(Opaque::wrap);
    }

    /** Overwrites it. Java's collector may have left copies of it in memory that it calls free. */
    public synchronized void destroy() {
        Arrays.fill(secret, (byte) 0);
        destroyed = true;
    }

    private synchronized Optional<byte[]> copy() {
        return destroyed ? Optional.empty() : Optional.of(secret.clone());
    }

    @Override
    public String toString() {
        return "PrekeySecret[***]";
    }
}
