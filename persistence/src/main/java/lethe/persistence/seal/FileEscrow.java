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
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Epoch keys in a file of places, for the brokers of one machine. A key is overwritten where it lies, then synced: on a
 * disk that writes in place it is gone. A file system that copies on write, or a flash drive's controller, may keep the
 * old block.
 *
 * <p>Each place has a checksum, so that a crash while one is written costs no other. The first says whose file it is:
 * keys of epochs of another length mean nothing, and under another identity key no row opens, so nothing must be
 * forgotten.
 */
public final class FileEscrow implements KeyEscrow, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileEscrow.class);
    private static final int PLACE = Long.BYTES + EpochKey.LENGTH + Integer.BYTES;
    private static final byte[] EMPTY = new byte[PLACE];

    /** Of this process: a lock on a file keeps other processes out, and no thread of ours. */
    private static final Object OURS = new Object();

    private final Path path;
    private final FileChannel file;

    private FileEscrow(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens the file; makes it and its directory, for nobody but their owner, if they are missing.
     *
     * @param epochs that its keys are of
     * @param installation that it belongs to
     * @throws IOException if it cannot be opened, or was made for other epochs or another installation
     */
    public static FileEscrow open(Path path, Epochs epochs, InstallationKey installation) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (Files.notExists(directory)) {
            Files.createDirectories(directory, ownersOnly("rwx------"));
        }
        FileChannel file = FileChannel.open(
                path,
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                ownersOnly("rw-------"));
        FileEscrow escrow = new FileEscrow(path, file);
        try {
            escrow.alone(() -> escrow.check(Kept.of(epochs.length().toMillis(), installation.mark("escrow"))));
        } catch (IOException refused) {
            file.close();
            throw refused;
        }
        return escrow;
    }

    private static FileAttribute<?> ownersOnly(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private int check(Kept ours) throws IOException {
        Kept header = read(0);
        if (!header.isWhole()) {
            if (file.size() > PLACE) {
                throw new IOException(path + " is not an escrow file");
            }
            LOG.info("a new escrow file was made: what was stored before under keys of another one is lost");
            write(0, ours.bytes());
        } else if (header.epoch != ours.epoch) {
            throw new IOException(path + " has keys of epochs of " + Duration.ofMillis(header.epoch)
                    + ": set lethe.forgetting.epoch to that, or move the file away and lose what waits");
        } else if (!MessageDigest.isEqual(header.key, ours.key)) {
            throw new IOException(path + " belongs to another identity key than that of lethe.identity.key-file");
        }
        for (int place = 1; place < places(); place++) {
            if (!read(place).isWhole()) {
                write(place, EMPTY);
            }
        }
        return places();
    }

    @Override
    public Map<Long, byte[]> recall() throws IOException {
        return alone(() -> {
            Map<Long, byte[]> keys = new HashMap<>();
            for (int place = 1; place < places(); place++) {
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
            int free = places();
            for (int place = places() - 1; place > 0; place--) {
                Kept there = read(place);
                if (!there.isWhole()) {
                    free = place;
                } else if (there.epoch == epoch) {
                    return there.key;
                }
            }
            Kept kept = Kept.of(epoch, key);
            write(free, kept.bytes());
            return kept.key;
        });
    }

    @Override
    public void forget(long epoch) throws IOException {
        alone(() -> {
            for (int place = 1; place < places(); place++) {
                if (read(place).epoch == epoch) {
                    write(place, EMPTY);
                }
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

    private int places() throws IOException {
        return Math.toIntExact((file.size() + PLACE - 1) / PLACE);
    }

    private Kept read(int place) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(PLACE);
        while (read.hasRemaining() && file.read(read, (long) place * PLACE + read.position()) >= 0) {
            // What the file is too short for reads as empty.
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
