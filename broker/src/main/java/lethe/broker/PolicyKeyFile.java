package lethe.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lethe.core.consent.Policy;
import lethe.core.consent.SignedPolicy;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;

/**
 * The operator's policy key (Ed25519, RFC 8032) in a file of mode 0600, which is not read with any right for others. No
 * broker needs it; it belongs on no broker's machine. It does not print.
 */
final class PolicyKeyFile {
    private static final String ALGORITHM = "Ed25519";
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final long MOST_BYTES = 4096;

    private final PrivateKey secret;
    private final DeviceKey publicKey;

    private PolicyKeyFile(PrivateKey secret, DeviceKey publicKey) {
        this.secret = secret;
        this.publicKey = publicKey;
    }

    /**
     * Draws a key and writes it, durably.
     *
     * @return the public key
     * @throws IOException if there is a file already: a key that is lost is lost with all phones that pin it
     */
    static DeviceKey make(Path file) throws IOException {
        KeyPair pair = draw();
        String lines = Opaque.wrap(pair.getPrivate().getEncoded()).toText() + "\n"
                + Opaque.wrap(pair.getPublic().getEncoded()).toText() + "\n";
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException there) {
            throw new IOException("there is a file " + file + " already, and a key is never overwritten");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(lines);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
        return DeviceKey.of(pair.getPublic());
    }

    private static KeyPair draw() {
        try {
            return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /**
     * Reads it.
     *
     * @throws IOException if there is none, others have rights on it, or it is no key; it is not quoted
     */
    static PolicyKeyFile read(Path file) throws IOException {
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new IOException("others than its owner have rights on " + file + ": chmod 600 it, and think about"
                        + " who has read it");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("no policy key: " + file);
            }
            List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            return new PolicyKeyFile(
                    keys.generatePrivate(new PKCS8EncodedKeySpec(bytes(lines.get(0)))),
                    DeviceKey.of(keys.generatePublic(new X509EncodedKeySpec(bytes(lines.get(1))))));
        } catch (NoSuchFileException none) {
            throw new IOException("there is no file " + file);
        } catch (UnsupportedOperationException otherSystem) {
            throw new IOException("cannot tell who may read " + file);
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("no policy key: " + file);
        }
    }

    private static byte[] bytes(String text) {
        return Opaque.fromText(text).toBytes();
    }

    /** What brokers are configured with and phones pin. */
    DeviceKey publicKey() {
        return publicKey;
    }

    /** A policy of this epoch with this text, signed. */
    SignedPolicy sign(long epoch, String text, Instant now) {
        Policy policy = Policy.of(epoch, text);
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(secret);
            signature.update(SignedPolicy.statement(policy, at));
            return new SignedPolicy(policy, text, at, Opaque.wrap(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the policy key does not sign", e);
        }
    }

    @Override
    public String toString() {
        return "PolicyKeyFile[***]";
    }
}
