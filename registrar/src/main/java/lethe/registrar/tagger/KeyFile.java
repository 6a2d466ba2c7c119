package lethe.registrar.tagger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lethe.core.identity.Opaque;
import lethe.oprf.RevealsKeys;
import lethe.oprf.SecretKey;

/**
 * The file with a tagger's keys: a line for each, its version and the key in base64url. Mode 0600, and not read with
 * any other right for anybody else.
 */
final class KeyFile {
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final String LINE = "[1-9][0-9]{0,8} [A-Za-z0-9_-]{43}";
    private static final long MOST_BYTES = 4096;

    private final Path path;

    KeyFile(Path path) {
        this.path = path;
    }

    boolean exists() {
        return Files.exists(path);
    }

    /**
     * Reads it.
     *
     * @throws IOException if there is none, others may read it, or it does not hold keys; it is not quoted
     */
    Keyring read() throws IOException {
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(path))) {
                throw new IOException("others than its owner have rights on " + path + ": chmod 600 it, and think about"
                        + " who has read it");
            }
            if (Files.size(path) > MOST_BYTES) {
                throw notKeys();
            }
            return keyring(Files.readString(path, StandardCharsets.US_ASCII));
        } catch (NoSuchFileException none) {
            throw new IOException("there is no file " + path);
        } catch (UnsupportedOperationException otherSystem) {
            throw new IOException("cannot tell who may read " + path);
        }
    }

    private Keyring keyring(String text) throws IOException {
        Map<Integer, SecretKey> keys = new HashMap<>();
        for (String line : text.lines().toList()) {
            if (!line.matches(LINE)) {
                throw notKeys();
            }
            int space = line.indexOf(' ');
            SecretKey key = key(line.substring(space + 1)).orElseThrow(this::notKeys);
            if (keys.put(Integer.parseInt(line.substring(0, space)), key) != null) {
                throw notKeys();
            }
        }
        if (keys.isEmpty() || keys.size() > Keyring.MOST) {
            throw notKeys();
        }
        return Keyring.of(keys);
    }

    private static Optional<SecretKey> key(String text) {
        try {
            return SecretKey.decode(Opaque.fromText(text));
        } catch (IllegalArgumentException notCanonical) {
            return Optional.empty();
        }
    }

    private IOException notKeys() {
        return new IOException("the file " + path + " does not hold a tagger's keys");
    }

    /**
     * Makes it, durably, with the directories above it.
     *
     * @throws IOException if there is one already: a key that is lost is lost with all its tags
     */
    void create(Keyring keys) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        try {
            put(keys);
        } catch (FileAlreadyExistsException there) {
            throw new IOException("there is a file " + path + " already, and a key is never overwritten");
        }
    }

    /** Puts other keys in their place, at once or not at all; durable on return. */
    void replace(Keyring keys) throws IOException {
        put(keys, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void put(Keyring keys, CopyOption... options) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PRIVATE);
        try {
            write(fresh, keys);
            Files.move(fresh, path, options);
        } finally {
            Files.deleteIfExists(fresh);
        }
        forceDirectory();
    }

    @RevealsKeys("keys outlive the process in a file that only its owner can read")
    private static void write(Path file, Keyring keys) throws IOException {
        StringBuilder lines = new StringBuilder();
        keys.keys()
                .forEach((version, key) -> lines.append(version)
                        .append(' ')
                        .append(key.reveal().toText())
                        .append('\n'));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(lines.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private void forceDirectory() throws IOException {
        try (FileChannel directory = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
