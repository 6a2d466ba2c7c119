package lethe.client.sealing;

import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * The one suite of RFC 9180 that is used: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305; one
 * message a context.
 */
final class Hpke {
    /** Of a public key, a private key and an encapsulated key (section 7.1). */
    static final int KEY = 32;
    /** What the tag of the AEAD adds (section 7.3). */
    static final int OVERHEAD = 16;

    private static final byte[] NO_AAD = {};

    private Hpke() {}

    /** Not shared: Bouncy Castle's object has digests in it that are used by one at a time. */
    static HPKE suite() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_CHACHA20_POLY1305);
    }

    /** A key pair of 32 random bytes (DeriveKeyPair, section 7.1.3). */
    static AsymmetricCipherKeyPair draw(RandomGenerator random) {
        byte[] material = new byte[KEY];
        random.nextBytes(material);
        return suite().deriveKeyPair(material);
    }

    /** Whether anything can be agreed on with a key: with some points nothing can (RFC 7748, section 6.1). */
    static boolean canSealTo(Opaque key) {
        byte[] any = new byte[KEY];
        return X25519.calculateAgreement(any, 0, key.shared(), 0, new byte[KEY], 0);
    }

    /**
     * Seals to a public key, with an ephemeral pair that is used once.
     *
     * @throws IllegalArgumentException if the key is none to seal to
     */
    static Sealed seal(Opaque key, byte[] info, byte[] message, AsymmetricCipherKeyPair ephemeral) {
        return seal(key, info, NO_AAD, message, ephemeral);
    }

    /** The same, bound to what is not sealed, and has to be named again to open it. */
    static Sealed seal(Opaque key, byte[] info, byte[] aad, byte[] message, AsymmetricCipherKeyPair ephemeral) {
        HPKE suite = suite();
        try {
            HPKEContextWithEncapsulation context =
                    suite.setupBaseS(suite.deserializePublicKey(key.shared()), info, ephemeral);
            Opaque encapsulated = Opaque.wrap(context.getEncapsulation());
            return new Sealed(encapsulated, Opaque.wrap(context.seal(aad, message)));
        } catch (InvalidCipherTextException | IllegalStateException impossible) {
            throw new IllegalArgumentException("nothing can be sealed to this key");
        }
    }

    /** What was sealed; empty if it was not, or to another key, or for another use. */
    static Optional<byte[]> open(AsymmetricCipherKeyPair pair, byte[] info, Sealed sealed) {
        return open(pair, info, NO_AAD, sealed);
    }

    /** What was sealed, and bound to that; empty for all else. */
    static Optional<byte[]> open(AsymmetricCipherKeyPair pair, byte[] info, byte[] aad, Sealed sealed) {
        try {
            return Optional.of(suite().setupBaseR(sealed.encapsulated().toBytes(), pair, info)
                    .open(aad, sealed.ciphertext().toBytes()));
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException notForUs) {
            // The last two: of a key that agrees on nothing (RFC 7748, section 6.1).
            return Optional.empty();
        }
    }

    /** An encapsulated key, and what is encrypted under it. */
    record Sealed(Opaque encapsulated, Opaque ciphertext) {}
}
