package lethe.persistence.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Epoch keys in a file of fixed places, for the brokers of one machine. A key is overwritten where it lies, then
 * synced: on a disk that writes in place it is gone. A file system that copies on write, or a flash drive's controller,
 * may keep the old block.
 *
 * <p>Each place has a checksum, so that a crash while one is written costs no other.
 */
public final class FileEscrow implements KeyEscrow, AutoCloseable {
    /** A day of epochs of five minutes: so long the store may be away before the next key finds no place. */
    static final int PLACES = 288;

    private static final int PLACE = Long.BYTES + EpochKey.LENGTH + Integer.BYTES;
    private static final byte[] EMPTY = new byte[PLACE];

    /** Of this process: a lock on a file keeps other processes out, and no thread of ours. */
    private static final Object OURS = new Object();

    private final FileChannel file;

    private FileEscrow(FileChannel file) {
        this.file = file;
    }

    /**
     * Opens the file; makes it and its directory, for nobody but their owner, if they are missing.
     *
     * @throws IOException if it cannot be opened
     */
    public static FileEscrow open(Path path) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (Files.notExists(directory)) {
            Files.createDirectories(directory, ownersOnly("rwx------"));
        }
        FileEscrow escrow = new FileEscrow(FileChannel.open(
                path,
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                ownersOnly("rw-------")));
        escrow.alone(escrow::makePlaces);
        return escrow;
    }

    private static FileAttribute<?> ownersOnly(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    @Override
    public Map<Long, byte[]> recall() throws IOException {
        return alone(() -> {
            Map<Long, byte[]> keys = new HashMap<>();
            for (int place = 0; place < PLACES; place++) {
                Kept kept = read(place);
                if (kept.isWhole()) {
                    keys.put(kept.epoch, kept.key);
                }
            }
            return keys;
        });
    }

    @Override
    public byte[] keep(long epoch, byte[] key) throws IOException {
        return alone(() -> {
            Kept there = read(place(epoch));
            if (there.isWhole() && there.epoch != epoch) {
                throw new IOException("the escrow file has no place for another key");
            }
            if (there.isWhole()) {
                return there.key;
            }
            Kept kept = Kept.of(epoch, key);
            write(place(epoch), kept.bytes());
            return kept.key;
        });
    }

    @Override
    public void forget(long epoch) throws IOException {
        alone(() -> {
            if (read(place(epoch)).epoch == epoch) {
                write(place(epoch), EMPTY);
            }
            return epoch;
        });
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T alone(Work<T> work) throws IOException {
        synchronized (OURS) {
            try (FileLock lock = file.lock()) {
                return work.run();
            }
        }
    }

    private long makePlaces() throws IOException {
        while (file.size() < (long) PLACES * PLACE) {
            write(Math.toIntExact(file.size() / PLACE), EMPTY);
        }
        return file.size();
    }

    private static int place(long epoch) {
        return Math.toIntExact(Math.floorMod(epoch, (long) PLACES));
    }

    private Kept read(int place) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(PLACE);
        while (read.hasRemaining() && file.read(read, (long) place * PLACE + read.position()) >= 0) {
            // A file that is too short reads as empty places.
        }
        return Kept.in(read.rewind());
    }

    private void write(int place, byte[] bytes) throws IOException {
        ByteBuffer written = ByteBuffer.wrap(bytes);
        while (written.hasRemaining()) {
            file.write(written, (long) place * PLACE + written.position());
        }
        file.force(true);
    }

    /** What a place says. Never printed. */
    private static final class Kept {
        private final long epoch;
        private final byte[] key;
        private final int checksum;

        private Kept(long epoch, byte[] key, int checksum) {
            this.epoch = epoch;
            this.key = key;
            this.checksum = checksum;
        }

        static Kept of(long epoch, byte[] key) {
            return new Kept(epoch, key.clone(), sum(epoch, key));
        }

        static Kept in(ByteBuffer place) {
            long epoch = place.getLong();
            byte[] key = new byte[EpochKey.LENGTH];
            place.get(key);
            return new Kept(epoch, key, place.getInt());
        }

        boolean isWhole() {
            return epoch != 0 && checksum == sum(epoch, key);
        }

        byte[] bytes() {
            return ByteBuffer.allocate(PLACE)
                    .putLong(epoch)
                    .put(key)
                    .putInt(checksum)
                    .array();
        }

        private static int sum(long epoch, byte[] key) {
            CRC32C sum = new CRC32C();
            sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, epoch));
            sum.update(key);
            return (int) sum.getValue();
        }

        @Override
        public String toString() {
            return "Kept[***]";
        }
    }
}
