package lethe.registrar.process;

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
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A short file with keys in it: mode 0600, and not read with any other right for anybody else. Or root's, with nothing
 * but a right to read for the group: so secrets come into a pod of Kubernetes, where nobody runs as root.
 */
public final class PrivateFile {
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final Set<PosixFilePermission> GIVEN =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.GROUP_READ);
    private static final String ROOT = "root";
    private static final long MOST_BYTES = 4096;

    private final Path path;

    public PrivateFile(Path path) {
        this.path = path;
    }

    public boolean exists() {
        return Files.exists(path);
    }

    /**
     * Reads it.
     *
     * @throws IOException if there is none, others may read it, or it is longer than 4 KiB; it is not quoted
     */
    public String read() throws IOException {
        return read(MOST_BYTES);
    }

    /**
     * Reads one that may be longer, and has more in it: UTF-8.
     *
     * @throws IOException if there is none, others may read it, or it is longer than that; it is not quoted
     */
    public String read(long most) throws IOException {
        try {
            PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
            if (!isPrivate(attributes.permissions(), attributes.owner().getName(), System.getProperty("user.name"))) {
                throw new IOException("others than its owner have rights on " + path + ": chmod 600 it, and think about"
                        + " who has read it");
            }
            if (Files.size(path) > most) {
                throw new IOException("the file " + path + " does not hold keys: it is too long");
            }
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (NoSuchFileException none) {
            throw new IOException("there is no file " + path);
        } catch (UnsupportedOperationException otherSystem) {
            throw new IOException("cannot tell who may read " + path);
        }
    }

    /** Whether nobody reads a file but its owner, or whom root has given it to. */
    static boolean isPrivate(Set<PosixFilePermission> rights, String owner, String reader) {
        return OWNER.containsAll(rights) || (GIVEN.containsAll(rights) && owner.equals(ROOT) && !reader.equals(ROOT));
    }

    /**
     * Makes it, durably, with the directories above it.
     *
     * @throws IOException if there is one already: a key that is lost is lost with all that hangs on it
     */
    public void create(CharSequence text) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        try {
            put(text);
        } catch (FileAlreadyExistsException there) {
            throw new IOException("there is a file " + path + " already, and a key is never overwritten");
        }
    }

    /** Puts another text in its place, at once or not at all; durable on return. */
    public void replace(CharSequence text) throws IOException {
        put(text, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void put(CharSequence text, CopyOption... options) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PRIVATE);
        try {
            write(fresh, text);
            Files.move(fresh, path, options);
        } finally {
            Files.deleteIfExists(fresh);
        }
        forceDirectory();
    }

    private static void write(Path file, CharSequence text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text.toString());
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
