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
    private static final String OWNERS_FILE = "rw-------";
    private static final int PLACE = Long.BYTES + EpochKey.LENGTH + Integer.BYTES;
    private static final int SUMMED = Long.BYTES + EpochKey.LENGTH;

    /** Of this process: a lock on a file keeps other processes out, and no thread of ours. */
    private static final Object OURS = new Object();

    private final Path path;
    private final FileChannel file;

    /** The place that is read or written: outside the heap, as keys are, and empty when nobody works. */
    private final ByteBuffer present = ByteBuffer.allocateDirect(PLACE);

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
                ownersOnly(OWNERS_FILE));
        // It may have been there: a copy that was brought back is often for everybody to read.
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(OWNERS_FILE));
        FileEscrow escrow = new FileEscrow(path, file);
        try {
            escrow.alone(() -> escrow.check(epochs.length().toMillis(), installation.mark("escrow")));
        } catch (IOException refused) {
            file.close();
            throw refused;
        }
        return escrow;
    }

    private static FileAttribute<?> ownersOnly(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private int check(long length, byte[] mark) throws IOException {
        read(0);
        if (!isWhole()) {
            if (file.size() > PLACE) {
                throw new IOException(path + " is not an escrow file");
            }
            LOG.info("a new escrow file was made: what was stored before under keys of another one is lost");
            write(0, length, mark);
        } else if (epoch() != length) {
            throw new IOException(path + " has keys of epochs of " + Duration.ofMillis(epoch())
                    + ": set lethe.forgetting.epoch to that, or move the file away and lose what waits");
        } else if (!MessageDigest.isEqual(key(), mark)) {
            throw new IOException(path + " belongs to another identity key than that of lethe.identity.key-file");
        }
        for (int place = 1; place < places(); place++) {
            read(place);
            if (!isWhole()) {
                erase(place);
            }
        }
        return places();
    }

    @Override
    public Map<Long, byte[]> recall() throws IOException {
        return alone(() -> {
            Map<Long, byte[]> keys = new HashMap<>();
            for (int place = 1; place < places(); place++) {
                read(place);
                if (isWhole()) {
                    keys.put(epoch(), key());
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
                read(place);
                if (!isWhole()) {
                    free = place;
                } else if (epoch() == epoch) {
                    return key();
                }
            }
            write(free, epoch, key);
            return key.clone();
        });
    }

    @Override
    public void forget(long epoch) throws IOException {
        alone(() -> {
            for (int place = 1; place < places(); place++) {
                read(place);
                if (epoch() == epoch) {
                    erase(place);
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
            } finally {
                empty();
            }
        }
    }

    private int places() throws IOException {
        return Math.toIntExact((file.size() + PLACE - 1) / PLACE);
    }

    private void read(int place) throws IOException {
        empty();
        while (present.hasRemaining() && file.read(present, (long) place * PLACE + present.position()) >= 0) {
            // What the file is too short for reads as empty.
        }
    }

    private boolean isWhole() {
        return epoch() != 0 && present.getInt(SUMMED) == sum();
    }

    private long epoch() {
        return present.getLong(0);
    }

    private byte[] key() {
        byte[] key = new byte[EpochKey.LENGTH];
        present.get(Long.BYTES, key);
        return key;
    }

    private int sum() {
        CRC32C sum = new CRC32C();
        sum.update(present.slice(0, SUMMED));
        return (int) sum.getValue();
    }

    private void write(int place, long epoch, byte[] key) throws IOException {
        present.putLong(0, epoch).put(Long.BYTES, key).putInt(SUMMED, sum());
        write(place);
    }

    private void erase(int place) throws IOException {
        empty();
        write(place);
    }

    private void write(int place) throws IOException {
        present.clear();
        while (present.hasRemaining()) {
            file.write(present, (long) place * PLACE + present.position());
        }
        file.force(true);
    }

    private void empty() {
        present.put(0, new byte[PLACE]).clear();
    }
}
