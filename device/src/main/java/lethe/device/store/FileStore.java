package lethe.device.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.Tag;
import org.jspecify.annotations.Nullable;

/**
 * A phone's directory, readable by its owner only:
 *
 * <pre>
 * lock       held while a process has the phone open
 * key        device id, key pair
 * address    the phone's address
 * consent    only while Lethe is on
 * policy     the highest policy epoch seen, once a pinned key has signed one
 * contacts   names, addresses, numbers
 * outbox     ledger of what was sent and has not ended
 * inbox      ledger of what was received
 * </pre>
 */
public final class FileStore implements DeviceStore {
    private final Path directory;
    private final FileChannel lock;
    private final Identity identity;
    private final FileLedger outbox;
    private final FileLedger inbox;
    private volatile @Nullable GivenConsent consent;
    private volatile long policySeen;

    private FileStore(Path directory, FileChannel lock, Durability durability, RandomGenerator random)
            throws IOException {
        this.directory = directory;
        this.lock = lock;
        this.identity = IdentityFiles.readOrDraw(directory, random);
        this.consent = ConsentFile.read(directory).orElse(null);
        this.policySeen = PolicyFile.read(directory);
        this.outbox = FileLedger.open(directory.resolve("outbox"), durability);
        this.inbox = FileLedger.open(directory.resolve("inbox"), durability);
    }

    /**
     * Opens a phone's directory, or makes a new phone.
     *
     * @param random a cryptographically strong source
     * @return empty if another process has this phone open
     * @throws LedgerDamaged if a ledger is damaged
     * @throws UncheckedIOException if the directory cannot be used
     */
    public static Optional<FileStore> open(Path directory, Durability durability, RandomGenerator random) {
        try {
            PrivateFiles.createDirectories(directory);
            Path file = directory.resolve("lock");
            PrivateFiles.createIfAbsent(file);
            FileChannel lock = FileChannel.open(file, StandardOpenOption.WRITE);
            if (!taken(lock)) {
                lock.close();
                return Optional.empty();
            }
            return Optional.of(openLocked(directory, lock, durability, random));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean taken(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by this very process
        }
    }

    private static FileStore openLocked(Path directory, FileChannel lock, Durability durability, RandomGenerator random)
            throws IOException {
        try {
            return new FileStore(directory, lock, durability, random);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Who the phone in a directory is; empty if there is none. Needs no lock: an identity never changes. */
    public static Optional<Identity> identityIn(Path directory) {
        try {
            return IdentityFiles.read(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the phone in a directory; empty if there is none. Reads nothing else of that phone. */
    public static Optional<Tag> addressIn(Path directory) {
        try {
            return IdentityFiles.readAddress(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path directory() {
        return directory;
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public Optional<GivenConsent> consent() {
        return Optional.ofNullable(consent);
    }

    @Override
    public void agreed(GivenConsent given) {
        try {
            ConsentFile.write(directory, given);
            consent = given;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void withdrawn() {
        try {
            ConsentFile.delete(directory);
            consent = null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long policySeen() {
        return policySeen;
    }

    @Override
    public void sawPolicy(long epoch) {
        try {
            PolicyFile.write(directory, epoch);
            policySeen = epoch;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Ledger outbox() {
        return outbox;
    }

    @Override
    public Ledger inbox() {
        return inbox;
    }

    @Override
    public void close() {
        outbox.close();
        inbox.close();
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
