package lethe.device.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
 * vault      there if the files are encrypted: under what
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
 * blocked    whom the owner has blocked
 * permit     what taggers are shown
 * outbox     ledger of what was sent and has not ended
 * inbox      ledger of what was received
 * prekeys    secrets of what others seal to; marks: ledger of what prekeys of last resort have opened
 * sms        of SMS that came before the letters for which they stand: a digest
 * pins       whose account is at which address; linked: the key of the account that this is a device of
 * NAME.key   of a ledger, or of a place that forgets, while the files are encrypted: its own keys
 * line2 ...  the same for the phone's further numbers, each with keys of its own; all under the one file vault
 * </pre>
 *
 * <p>If they are encrypted, so is what is in every one of them. Names, sizes and times of files are not.
 */
public final class FileStore implements DeviceStore {
    /** How many numbers a phone can have. */
    public static final int MOST_LINES = 4;

    /** For those who only read. */
    private static final RandomGenerator NO_CHANCE = () -> {
        throw new IllegalStateException("reading draws nothing");
    };

    private final PhoneFiles files;
    private final PhoneLock lock;
    private volatile Identity identity;
    private final Durability durability;
    private final Map<String, OpenSlot> slots = new ConcurrentHashMap<>();
    private final Map<String, Ledger> ledgers = new ConcurrentHashMap<>();
    private final FileLedger outbox;
    private final FileLedger inbox;
    private volatile @Nullable GivenConsent consent;
    private volatile @Nullable DeviceList devices;
    private volatile @Nullable Ownership ownership;
    private volatile @Nullable SimMark sim;
    private volatile @Nullable Tag owed;
    private volatile long policySeen;

    private FileStore(PhoneFiles files, PhoneLock lock, Durability durability) throws IOException {
        this.files = files;
        this.lock = lock;
        this.durability = durability;
        this.identity = IdentityFiles.readOrDraw(files);
        this.consent = ConsentFile.read(files).orElse(null);
        this.devices = AccountFiles.readDevices(files).orElse(null);
        this.ownership = AccountFiles.readOwnership(files).orElse(null);
        this.sim = SimFile.read(files).orElse(null);
        this.owed = OwedFile.read(files).orElse(null);
        this.policySeen = PolicyFile.read(files);
        DataKeys.recover(files);
        this.outbox = FileLedger.open(files, "outbox", durability);
        this.inbox = FileLedger.open(files, "inbox", durability);
    }

    /**
     * Opens a phone's directory, or makes a new phone, in clear.
     *
     * @param random a cryptographically strong source
     * @return empty if another process has this phone open
     * @throws LedgerDamaged if a ledger is damaged
     * @throws UncheckedIOException if the directory cannot be used; of {@link StoreEncrypted} if the phone is encrypted
     */
    public static Optional<FileStore> open(Path directory, Durability durability, RandomGenerator random) {
        Opening<FileStore> opening = open(directory, VaultKey.none(), durability, random);
        if (opening instanceof Opening.Opened<FileStore> opened) {
            return Optional.of(opened.value());
        }
        if (((Opening.Refused<FileStore>) opening).why() != StoreRefusal.IN_USE) {
            throw new UncheckedIOException(new StoreEncrypted(VaultFile.in(PhoneFiles.phoneOf(directory))));
        }
        return Optional.empty();
    }

    /**
     * Opens a phone's directory, or makes a new phone. Finishes what {@link #protect} was at when the phone died.
     *
     * @param key under which {@link #protect} has put the phone
     * @param random a cryptographically strong source
     * @throws LedgerDamaged if a ledger is damaged
     * @throws UncheckedIOException if the directory cannot be used; of {@link FileDamaged} if an encrypted file was
     *     altered
     */
    public static Opening<FileStore> open(Path directory, VaultKey key, Durability durability, RandomGenerator random) {
        try {
            Optional<StoreRefusal> unfinished =
                    new Conversion(PhoneFiles.phoneOf(directory), random, new Disk()).finish(key);
            if (unfinished.isPresent()) {
                return new Opening.Refused<>(unfinished.get());
            }
            Optional<PhoneLock> lock = PhoneLock.take(directory);
            return lock.isEmpty()
                    ? new Opening.Refused<>(StoreRefusal.IN_USE)
                    : openLocked(directory, lock.get(), key, durability, random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Opening<FileStore> openLocked(
            Path directory, PhoneLock lock, VaultKey key, Durability durability, RandomGenerator random)
            throws IOException {
        boolean kept = false;
        try {
            Opening<PhoneFiles> files = PhoneFiles.unlock(directory, key, random);
            if (files instanceof Opening.Opened<PhoneFiles> unlocked) {
                FileStore store = new FileStore(unlocked.value(), lock, durability);
                kept = true;
                return new Opening.Opened<>(store);
            }
            return new Opening.Refused<>(((Opening.Refused<PhoneFiles>) files).why());
        } finally {
            if (!kept) {
                lock.close();
            }
        }
    }

    /**
     * Encrypts a phone's files, all lines', or puts them under another key, or in clear again. A phone that dies
     * meanwhile finishes it when it is opened next, with the new key if it was being encrypted, with the old one if
     * not.
     *
     * @param phone the phone's own directory, that of its first line; made if there is none
     * @param now under which it is
     * @param next under which it will be
     * @param random a cryptographically strong source
     * @return why not; empty if it is
     * @throws LedgerDamaged if a ledger is damaged
     * @throws UncheckedIOException if the directory cannot be used; what was done is finished at the next opening
     */
    public static Optional<StoreRefusal> protect(Path phone, VaultKey now, VaultKey next, RandomGenerator random) {
        try {
            return new Conversion(phone, random, new Disk()).change(now, next);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Under what a line's files are: what {@link #open} says to whoever comes with no key; empty if they are in clear.
     */
    public static Optional<StoreRefusal> protection(Path directory) {
        try {
            return VaultFile.read(PhoneFiles.phoneOf(directory))
                    .map(vault -> vault.wrapping().missing());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    /**
     * Who the phone in a directory is; empty if there is none. Needs no lock: each file is replaced as a whole.
     *
     * @throws UncheckedIOException of {@link StoreEncrypted} if the phone is encrypted
     */
    public static Optional<Identity> identityIn(Path directory) {
        try {
            return IdentityFiles.read(PhoneFiles.inClear(directory, NO_CHANCE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #identityIn(Path)}, of files that are unlocked. */
    public static Optional<Identity> identityIn(PhoneFiles files) {
        try {
            return IdentityFiles.read(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The address of the phone in a directory; empty if there is none, or if it is encrypted. Reads nothing else of
     * that phone.
     */
    public static Optional<Tag> addressIn(Path directory) {
        try {
            return IdentityFiles.readAddress(PhoneFiles.inClear(directory, NO_CHANCE));
        } catch (StoreEncrypted secret) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path directory() {
        return files.directory();
    }

    /**
     * The line's small files, for whoever keeps one beside this; without a key of its own that is destroyed with it.
     */
    public PhoneFiles files() {
        return files;
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
            ConsentFile.write(files, given);
            consent = given;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void withdrawn() {
        try {
            ConsentFile.delete(files);
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
            AccountFiles.writeDevices(files, list);
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
            AccountFiles.writeOwnership(files, proof);
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
            files.delete("devices");
            devices = null;
        }
        IdentityFiles.write(files, changed);
        identity = changed;
    }

    @Override
    public Optional<SimMark> sim() {
        return Optional.ofNullable(sim);
    }

    @Override
    public void sim(SimMark mark) {
        try {
            SimFile.write(files, mark);
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
            OwedFile.write(files, address);
            owed = address;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void erased() {
        try {
            OwedFile.delete(files);
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
            PolicyFile.write(files, epoch);
            policySeen = epoch;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Slot slot(String name) {
        return slots.computeIfAbsent(name, unused -> new OpenSlot(slotNow(name)));
    }

    private Slot slotNow(String name) {
        Vault vault = files.vault();
        return vault == null || PhoneFiles.isSettled(name)
                ? new FileSlot(files, name)
                : new ForgettingSlot(files, vault, name);
    }

    @Override
    public Ledger ledger(String name) {
        return ledgers.computeIfAbsent(name, unused -> FileLedger.open(files, name, durability));
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
        slots.values().forEach(OpenSlot::close);
        ledgers.values().forEach(Ledger::close);
        lock.close();
    }
}
