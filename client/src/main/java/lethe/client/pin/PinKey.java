package lethe.client.pin;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import lethe.core.account.Pin;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * The key that a registration PIN stands for: Ed25519 (RFC 8032), its secret derived by Argon2id (RFC 9106, section 4,
 * second recommended option) from the PIN, salted by the address. Whoever has the public key, and the address, can try
 * PINs; each try costs 64 MiB and some tenths of a second.
 *
 * <p>The PIN is neither kept nor sent. The key does not print.
 */
public final class PinKey {
    /** Fewer can be tried too soon. */
    public static final int SHORTEST = 6;

    public static final int LONGEST = 64;

    private static final int MEMORY_KIB = 1 << 16;
    private static final int PASSES = 3;
    private static final int LANES = 4;
    private static final byte[] CONTEXT = "lethe/1 pin".getBytes(StandardCharsets.US_ASCII);

    private final Ed25519PrivateKeyParameters secret;

    private PinKey(Ed25519PrivateKeyParameters secret) {
        this.secret = secret;
    }

    /**
     * Derives it: takes 64 MiB, and some tenths of a second of this thread.
     *
     * @param pin 6 to 64 printable characters of ASCII; overwritten
     * @param tag the address that it is the PIN of
     * @return empty if that is no PIN
     */
    public static Optional<PinKey> of(char[] pin, Tag tag) {
        byte[] bytes = new byte[pin.length];
        boolean printable = true;
        for (int i = 0; i < pin.length; i++) {
            bytes[i] = (byte) pin[i];
            printable &= pin[i] >= ' ' && pin[i] <= '~';
        }
        Arrays.fill(pin, '\0');
        try {
            return printable && bytes.length >= SHORTEST && bytes.length <= LONGEST
                    ? Optional.of(derive(bytes, tag))
                    : Optional.empty();
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static PinKey derive(byte[] pin, Tag tag) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(PASSES)
                .withParallelism(LANES)
                .withSalt(tag.bytes().toBytes())
                .withAdditional(CONTEXT)
                .build());
        byte[] seed = new byte[Ed25519PrivateKeyParameters.KEY_SIZE];
        argon2.generateBytes(pin, seed);
        PinKey key = new PinKey(new Ed25519PrivateKeyParameters(seed));
        Arrays.fill(seed, (byte) 0);
        return key;
    }

    /** What a broker keeps. */
    public DeviceKey publicKey() {
        return new DeviceKey(Opaque.wrap(secret.generatePublicKey().getEncoded()));
    }

    /** Shows that whoever owns a new account has the PIN. */
    public Opaque prove(Tag tag, DeviceKey account) {
        byte[] statement = Pin.statement(tag, account);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, secret);
        signer.update(statement, 0, statement.length);
        return Opaque.wrap(signer.generateSignature());
    }

    @Override
    public String toString() {
        return "PinKey[***]";
    }
}
