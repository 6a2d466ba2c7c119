package lethe.registrar.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import lethe.core.identity.Opaque;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a journal's files, in a file of two places. A key is overwritten where it lies, then synced: on a disk
 * that writes in place it is gone, and so is what was written under it. A file system that copies on write, or a flash
 * drive's controller, may keep the old block.
 *
 * <p>Each place has a checksum, so that a crash while one is written costs no other. Whoever has the file open is
 * alone.
 */
final class JournalKeys implements AutoCloseable {
    static final int KEY = 32;
    static final int PLACES = 2;
    static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final int SUMMED = Long.BYTES + KEY;
    private static final int PLACE = SUMMED + Integer.BYTES;

    private final FileChannel file;

    private JournalKeys(FileChannel file) {
        this.file = file;
    }

    /** The key of one generation of the journal; they count from 1. */
    record Generation(long number, Opaque key) {}

    /**
     * Opens the file, and makes it if there is none.
     *
     * @throws IOException if it cannot be, or somebody else has it
     */
    static JournalKeys open(Path path) throws IOException {
        FileChannel file = FileChannel.open(
                path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE), PRIVATE);
        if (!isAlone(file)) {
            file.close();
            throw new IOException("another gateway has " + path);
        }
        return new JournalKeys(file);
    }

    private static boolean isAlone(FileChannel file) throws IOException {
        try {
            @Nullable FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    /** What stands in a place; empty if nothing whole does. */
    Optional<Generation> read(int place) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PLACE);
        while (bytes.hasRemaining() && file.read(bytes, (long) place * PLACE + bytes.position()) >= 0) {
            // What the file is too short for reads as empty.
        }
        bytes.rewind();
        long number = bytes.getLong();
        byte[] key = new byte[KEY];
        bytes.get(key);
        return number > 0 && bytes.getInt() == sum(bytes)
                ? Optional.of(new Generation(number, Opaque.wrap(key)))
                : Optional.empty();
    }

    /** Puts a generation in its place; durable on return. */
    void write(Generation generation) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PLACE)
                .putLong(generation.number())
                .put(generation.key().shared());
        write(place(generation.number()), bytes.putInt(sum(bytes)));
    }

    /** Overwrites a place; durable on return. */
    void erase(int place) throws IOException {
        write(place, ByteBuffer.allocate(PLACE).position(PLACE));
    }

    /** Where a generation stands: the one before stays in the other place. */
    static int place(long number) {
        return (int) (number % PLACES);
    }

    private void write(int place, ByteBuffer bytes) throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            file.write(bytes, (long) place * PLACE + bytes.position());
        }
        file.force(true);
    }

    private static int sum(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.slice(0, SUMMED));
        return (int) sum.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
