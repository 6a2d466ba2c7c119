package lethe.device.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import lethe.core.account.DeviceList;
import lethe.core.identity.Tag;
import lethe.core.ownership.Ownership;
import lethe.device.sim.SimMark;
import org.jspecify.annotations.Nullable;

/**
 * A phone's directory, readable by its owner only:
 *
 * <pre>
 * lock       held while a process has the phone open
 * key        device id, key pair
 * account    the account's key pair, unless another phone holds it
 * address    the phone's address
 * devices    the account's list of devices
 * ownership  a verifier's word that the number behind the address is the account's
 * consent    only while Lethe is on
 * sim        by which the phone knows its SIM again; neither IMSI nor IMEI
 * owed       at which address a broker still has to erase, while it has not
 * policy     the highest policy epoch seen, once a pinned key has signed one
 * contacts   names, addresses, numbers
 * outbox     ledger of what was sent and has not ended
 * inbox      ledger of what was received
 * line2 ...  the same for the phone's further numbers, each with keys of its own
 * </pre>
 */
public final class FileStore implements DeviceStore {
    /** How many numbers a phone can have. */
    public static final int MOST_LINES = 4;

    private final Path directory;
    private final FileChannel lock;
    private volatile Identity identity;
    private final Durability durability;
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final Map<String, Ledger> ledgers = new ConcurrentHashMap<>();
    private final FileLedger outbox;
    private final FileLedger inbox;
    private volatile @Nullable GivenConsent consent;
    private volatile @Nullable DeviceList devices;
    private volatile @Nullable Ownership ownership;
    private volatile @Nullable SimMark sim;
    private volatile @Nullable Tag owed;
    private volatile long policySeen;

    private FileStore(Path directory, FileChannel lock, Durability durability, RandomGenerator random)
            throws IOException {
        this.directory = directory;
        this.lock = lock;
        this.durability = durability;
        this.identity = IdentityFiles.readOrDraw(directory, random);
        this.consent = ConsentFile.read(directory).orElse(null);
        this.devices = AccountFiles.readDevices(directory).orElse(null);
        this.ownership = AccountFiles.readOwnership(directory).orElse(null);
        this.sim = SimFile.read(directory).orElse(null);
        this.owed = OwedFile.read(directory).orElse(null);
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

    /**
     * The directory of one of a phone's numbers. They share nothing, so that nothing shows that they are one phone's.
     *
     * @param number from 1 to {@link #MOST_LINES}; the first one's is the phone's itself
     */
    public static Path line(Path phone, int number) {
        return number == 1 ? phone : phone.resolve("line" + number);
    }

    /** Who the phone in a directory is; empty if there is none. Needs no lock: each file is replaced as a whole. */
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
    public Optional<DeviceList> devices() {
        return Optional.ofNullable(devices);
    }

    @Override
    public void listed(DeviceList list) {
        try {
            AccountFiles.writeDevices(directory, list);
            devices = list;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Ownership> ownership() {
        return Optional.ofNullable(ownership);
    }

    /**
     * The owner has proven a number: its tag is the phone's address from now on. Before a client is made of this store.
     *
     * @return whether it is; false if the phone has opted in under another address, and must opt out there first
     */
    public boolean proven(Ownership proof) {
        if (consent != null && !identity.tag().equals(proof.tag())) {
            return false;
        }
        try {
            AccountFiles.writeOwnership(directory, proof);
            ownership = proof;
            become(identity.at(proof.tag()));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The phone becomes a device of somebody's account. Before a client is made of this store.
     *
     * @return whether it has; false if it has opted in by itself, and must opt out first
     */
    public boolean linked(Tag theirs) {
        if (consent != null) {
            return false;
        }
        try {
            become(identity.linkedTo(theirs));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A list that was signed for another address is nobody's. */
    private void become(Identity changed) throws IOException {
        if (!identity.tag().equals(changed.tag())) {
            PrivateFiles.delete(directory.resolve("devices"));
            devices = null;
        }
        IdentityFiles.write(directory, changed);
        identity = changed;
    }

    @Override
    public Optional<SimMark> sim() {
        return Optional.ofNullable(sim);
    }

    @Override
    public void sim(SimMark mark) {
        try {
            SimFile.write(directory, mark);
            sim = mark;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Tag> owed() {
        return Optional.ofNullable(owed);
    }

    @Override
    public void owes(Tag address) {
        try {
            OwedFile.write(directory, address);
            owed = address;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void erased() {
        try {
            OwedFile.delete(directory);
            owed = null;
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
    public Slot slot(String name) {
        return slots.computeIfAbsent(name, unused -> new FileSlot(directory.resolve(name)));
    }

    @Override
    public Ledger ledger(String name) {
        return ledgers.computeIfAbsent(name, unused -> FileLedger.open(directory.resolve(name), durability));
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
        ledgers.values().forEach(Ledger::close);
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
