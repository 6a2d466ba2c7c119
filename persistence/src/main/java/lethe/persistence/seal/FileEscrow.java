package lethe.persistence.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Epoch keys in a file of fixed places, for one node. A key is overwritten where it lies, then synced: on a disk that
 * writes in place it is gone. A file system that copies on write, or a flash drive's controller, may keep the old
 * block.
 *
 * <p>Each place has a checksum, so that a crash while one is written costs no other.
 */
public final class FileEscrow implements KeyEscrow, AutoCloseable {
    /** A day of epochs of five minutes: so long the store may be away before the next key finds no place. */
    static final int PLACES = 288;

    private static final int PLACE = Long.BYTES + EpochKey.LENGTH + Integer.BYTES;
    private static final byte[] EMPTY = new byte[PLACE];

    private final FileChannel file;

    private FileEscrow(FileChannel file) {
        this.file = file;
    }

    /**
     * Opens the file; makes it and its directory, for nobody but their owner, if they are missing.
     *
     * @throws IOException if it cannot be opened, or another process has it
     */
    public static FileEscrow open(Path path) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (Files.notExists(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        FileChannel file = FileChannel.open(
                path,
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        FileLock lock = file.tryLock();
        if (lock == null) {
            file.close();
            throw new IOException("another process has the escrow file " + path);
        }
        FileEscrow escrow = new FileEscrow(file);
        while (file.size() < (long) PLACES * PLACE) {
            escrow.write(Math.toIntExact(file.size() / PLACE), EMPTY);
        }
        return escrow;
    }

    @Override
    public Map<Long, byte[]> recall() throws IOException {
        Map<Long, byte[]> keys = new HashMap<>();
        for (int place = 0; place < PLACES; place++) {
            ByteBuffer read = read(place);
            long epoch = read.getLong();
            byte[] key = new byte[EpochKey.LENGTH];
            read.get(key);
            if (epoch != 0 && read.getInt() == checksum(epoch, key)) {
                keys.put(epoch, key);
            }
        }
        return keys;
    }

    @Override
    public void keep(long epoch, byte[] key) throws IOException {
        int place = place(epoch);
        long other = read(place).getLong();
        if (other != 0 && other != epoch) {
            throw new IOException("the escrow file has no place for another key");
        }
        ByteBuffer kept = ByteBuffer.allocate(PLACE);
        kept.putLong(epoch).put(key).putInt(checksum(epoch, key));
        write(place, kept.array());
    }

    @Override
    public void forget(long epoch) throws IOException {
        int place = place(epoch);
        if (read(place).getLong() == epoch) {
            write(place, EMPTY);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static int place(long epoch) {
        return Math.toIntExact(Math.floorMod(epoch, (long) PLACES));
    }

    private ByteBuffer read(int place) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(PLACE);
        while (read.hasRemaining() && file.read(read, (long) place * PLACE + read.position()) >= 0) {
            // A file that is too short reads as empty places.
        }
        return read.rewind();
    }

    private void write(int place, byte[] bytes) throws IOException {
        ByteBuffer written = ByteBuffer.wrap(bytes);
        while (written.hasRemaining()) {
            file.write(written, (long) place * PLACE + written.position());
        }
        file.force(true);
    }

    private static int checksum(long epoch, byte[] key) {
        CRC32C sum = new CRC32C();
        sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, epoch));
        sum.update(key);
        return (int) sum.getValue();
    }
}
