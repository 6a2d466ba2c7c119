package lethe.seal.crypto;

import java.util.Optional;
import lethe.core.identity.Opaque;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * AES-256-GCM (NIST SP 800-38D) under a key that both ends have already.
 *
 * <p>Two messages under one key and one nonce give both away: it is the caller who never seals twice with the same,
 * unless it is the same message with the same header.
 */
public final class AesGcm {
    /** Bytes of a key. */
    public static final int KEY = 32;
    /** Bytes of a nonce. */
    public static final int NONCE = 12;
    /** What sealing adds, in bytes. */
    public static final int TAG = 16;

    private AesGcm() {}

    /**
     * Encrypts a message.
     *
     * @param header not encrypted, but not to be changed either
     * @throws IllegalArgumentException if key or nonce have another length
     */
    public static Opaque seal(Opaque key, byte[] nonce, byte[] header, byte[] message) {
        try {
            return run(true, key, nonce, header, message);
        } catch (InvalidCipherTextException impossible) {
            throw new IllegalStateException("only decryption finds a text invalid");
        }
    }

    /**
     * Decrypts a message; empty if it, its nonce or its header is not what was sealed with this key.
     *
     * @throws IllegalArgumentException if key or nonce have another length
     */
    public static Optional<Opaque> open(Opaque key, byte[] nonce, byte[] header, byte[] sealed) {
        try {
            return Optional.of(run(false, key, nonce, header, sealed));
        } catch (InvalidCipherTextException notSealedSo) {
            return Optional.empty();
        }
    }

    private static Opaque run(boolean seal, Opaque key, byte[] nonce, byte[] header, byte[] in)
            throws InvalidCipherTextException {
        if (key.length() != KEY || nonce.length != NONCE) {
            throw new IllegalArgumentException("a key has " + KEY + " bytes, a nonce " + NONCE);
        }
        GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(seal, new AEADParameters(new KeyParameter(key.shared()), TAG * Byte.SIZE, nonce, header));
        byte[] out = new byte[cipher.getOutputSize(in.length)];
        int length = cipher.processBytes(in, 0, in.length, out, 0);
        cipher.doFinal(out, length);
        return Opaque.wrap(out);
    }
}
