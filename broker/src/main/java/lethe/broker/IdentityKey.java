package lethe.broker;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import lethe.core.identity.Opaque;

/**
 * The file with the secret of an installation, under which tags become subscriber ids and lasting rows are sealed.
 * Readable by its owner only.
 */
final class IdentityKey {
    private static final int LENGTH = 32;

    private IdentityKey() {}

    /**
     * Reads the secret; makes one first if there is no file.
     *
     * @throws IOException if the file cannot be read or written, or is not a key
     */
    static Opaque in(Path file) throws IOException {
        if (Files.notExists(file)) {
            make(file);
        }
        byte[] key = Files.readAllBytes(file);
        if (key.length != LENGTH) {
            throw new IOException("not an identity key: " + file);
        }
        return Opaque.wrap(key);
    }

    private static void make(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        byte[] key = new byte[LENGTH];
        new SecureRandom().nextBytes(key);
        Path fresh = Files.createTempFile(
                directory,
                "identity",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(fresh, key);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException another) {
            Files.deleteIfExists(fresh);
        }
    }
}
