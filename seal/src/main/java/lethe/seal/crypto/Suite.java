package lethe.seal.crypto;

import java.util.Optional;
import org.bouncycastle.crypto.hpke.HPKE;

/**
 * Which algorithms an envelope is sealed with: a KEM and an AEAD of RFC 9180, with HKDF-SHA256. One byte of an envelope
 * and of a prekey names it, so that there can be others one day.
 */
public enum Suite {
    /** DHKEM(X25519, HKDF-SHA256) and ChaCha20-Poly1305. Whoever records it can read it with a quantum computer. */
    X25519(1, 32, 32, 32, HPKE.kem_X25519_SHA256, HPKE.aead_CHACHA20_POLY1305),
    /**
     * X-Wing (ML-KEM-768 and X25519, draft-connolly-cfrg-xwing-kem-10, KEM 0x647a) and AES-256-GCM: holds as long as
     * one of the two does.
     */
    X_WING(2, 1_216, 1_120, 64, HPKE.kem_X_WING, HPKE.aead_AES_GCM256);

    /** What devices that have both seal with. */
    public static final Suite PREFERRED = X_WING;
    /** Bytes of a secret key: X25519's scalar, X-Wing's seed. */
    public static final int SECRET = 32;
    /** What the AEAD adds, in bytes. */
    public static final int TAG = 16;

    private final int code;
    private final int publicKey;
    private final int encapsulated;
    private final int chance;
    private final short kem;
    private final short aead;

    Suite(int code, int publicKey, int encapsulated, int chance, short kem, short aead) {
        this.code = code;
        this.publicKey = publicKey;
        this.encapsulated = encapsulated;
        this.chance = chance;
        this.kem = kem;
        this.aead = aead;
    }

    /** The suite of a byte, 0 to 255, if there is one. */
    public static Optional<Suite> of(int code) {
        for (Suite suite : values()) {
            if (suite.code == code) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }

    public int code() {
        return code;
    }

    /** Bytes of a public key. */
    public int publicKey() {
        return publicKey;
    }

    /** Bytes of an encapsulated key. */
    public int encapsulated() {
        return encapsulated;
    }

    /** Random bytes that one encapsulation takes. */
    int chance() {
        return chance;
    }

    short kem() {
        return kem;
    }

    /** A new one each time: Bouncy Castle's object has digests in it that are used by one at a time. */
    HPKE hpke() {
        return new HPKE(HPKE.mode_base, kem, HPKE.kdf_HKDF_SHA256, aead);
    }
}
