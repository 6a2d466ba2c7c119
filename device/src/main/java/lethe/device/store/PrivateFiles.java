package lethe.device.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and directories that only their owner can read: modes 0600 and 0700. */
public final class PrivateFiles {
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private PrivateFiles() {}

    /** Makes the directory and its parents. */
    public static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, DIRECTORY);
    }

    /**
     * Makes an empty file.
     *
     * @throws FileAlreadyExistsException if anything has this name, a link that leads nowhere too
     */
    public static void createNew(Path file) throws IOException {
        Files.createFile(file, FILE);
    }

    static void createIfAbsent(Path file) throws IOException {
        try {
            Files.createFile(file, FILE);
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(file, FILE.value());
        }
    }

    /** Replaces the file's content, at once or not at all; durable on return. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path fresh = Disk.fresh(file);
        write(fresh, content);
        moveInto(file, fresh);
    }

    /** Writes a file anew; its content is durable on return. */
    static void write(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        createIfAbsent(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Puts a fresh file in the place of another one, at once or not at all; durable on return. */
    public static void moveInto(Path file, Path fresh) throws IOException {
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory(file);
    }

    /** Removes the file, durably. */
    public static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            forceDirectory(file);
        }
    }

    private static void forceDirectory(Path file) throws IOException {
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
