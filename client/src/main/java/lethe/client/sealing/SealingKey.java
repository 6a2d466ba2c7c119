package lethe.client.sealing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import lethe.core.protocol.VerifierBodies.OpenSession;

/**
 * A verifier's public key, to which phones seal their requests.
 *
 * @param bytes X25519, 32 bytes
 */
public record SealingKey(Opaque bytes) {
    /** Bytes of what a sealed request adds to its encapsulated key: the same for every number. */
    public static final int SEALED = SessionRequest.LENGTH + Hpke.OVERHEAD;

    static final byte[] INFO = "lethe/1 verifier session".getBytes(StandardCharsets.US_ASCII);

    public SealingKey {
        if (bytes.length() != Hpke.KEY) {
            throw new IllegalArgumentException("a sealing key has " + Hpke.KEY + " bytes");
        }
    }

    /**
     * Seals a request. Not even who sealed it can open it again.
     *
     * @param random a cryptographically strong source
     * @throws IllegalArgumentException if the key is none to seal to
     */
    public OpenSession seal(SessionRequest request, RandomGenerator random) {
        byte[] message = request.encode();
        try {
            Hpke.Sealed sealed = Hpke.seal(bytes, INFO, message, Hpke.draw(random));
            return new OpenSession(sealed.encapsulated(), sealed.ciphertext());
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }
}
