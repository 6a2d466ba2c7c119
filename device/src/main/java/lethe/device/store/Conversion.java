package lethe.device.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;

/**
 * Encrypts all files of a phone, or writes them in clear again, or puts them under another key.
 *
 * <p>The file {@code vault} comes first and goes last, and says what is going on. Each other file shows by itself
 * whether it is sealed, and is replaced at once or not at all. So whoever opens the phone with its key after a crash
 * goes on where it ended. What was there in clear is overwritten, which says nothing of copies that the medium made.
 *
 * <p>It holds the locks of all lines. A process that opens a new line meanwhile has made its directory, and taken its
 * lock, before it found no {@code vault}: that line is found after {@code vault} was written, or reads it.
 */
final class Conversion {
    /** Ledgers that every phone has: theirs is also a file too short to show it. */
    private static final Set<String> LEDGERS = Set.of("outbox", "inbox");

    private final Path phone;
    private final RandomGenerator random;
    private final Disk disk;

    Conversion(Path phone, RandomGenerator random, Disk disk) {
        this.phone = phone;
        this.random = random;
        this.disk = disk;
    }

    /** Does it; says why not. */
    Optional<StoreRefusal> change(VaultKey now, VaultKey next) throws IOException {
        Optional<StoreRefusal> unfinished = finish(now);
        if (unfinished.isPresent()) {
            return unfinished;
        }
        try (Locks locks = new Locks(phone)) {
            if (!locks.takeAll()) {
                return Optional.of(StoreRefusal.IN_USE);
            }
            Optional<VaultFile> file = VaultFile.read(phone);
            if (file.isEmpty()) {
                return begin(now, next, locks);
            }
            Opening<Vault> vault = Vault.unlock(file.get(), now);
            return vault instanceof Opening.Opened<Vault> opened
                    ? again(opened.value(), next, locks)
                    : Optional.of(((Opening.Refused<Vault>) vault).why());
        }
    }

    private Optional<StoreRefusal> begin(VaultKey now, VaultKey next, Locks locks) throws IOException {
        if (next instanceof VaultKey.None) {
            return Optional.empty();
        }
        if (!(now instanceof VaultKey.None)) {
            return Optional.of(StoreRefusal.NOT_ENCRYPTED);
        }
        Vault vault = Vault.draw(next, random);
        write(vault);
        return goOn(vault, locks);
    }

    private Optional<StoreRefusal> again(Vault vault, VaultKey next, Locks locks) throws IOException {
        if (next instanceof VaultKey.None) {
            Vault opening = vault.in(VaultFile.State.OPENING);
            write(opening);
            return goOn(opening, locks);
        }
        write(vault.under(next, random));
        return Optional.empty();
    }

    private void write(Vault vault) throws IOException {
        disk.replaceAndErase(VaultFile.in(phone), vault.file(random).bytes());
    }

    /** Goes on where a phone died, if it did; says why not. */
    Optional<StoreRefusal> finish(VaultKey key) throws IOException {
        Optional<VaultFile> file = VaultFile.read(phone).filter(found -> found.state() != VaultFile.State.SEALED);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Opening<Vault> vault = Vault.unlock(file.get(), key);
        if (!(vault instanceof Opening.Opened<Vault> opened)) {
            return Optional.of(((Opening.Refused<Vault>) vault).why());
        }
        try (Locks locks = new Locks(phone)) {
            return goOn(opened.value(), locks);
        }
    }

    private Optional<StoreRefusal> goOn(Vault vault, Locks locks) throws IOException {
        if (!locks.takeAll()) {
            return Optional.of(StoreRefusal.IN_USE);
        }
        boolean sealing = vault.state() == VaultFile.State.SEALING;
        for (Path line : locks.lines()) {
            PhoneFiles sealed = new PhoneFiles(phone, line, vault, random, disk);
            eraseUnfinished(sealed);
            for (String name : sealed.names()) {
                if (sealing) {
                    seal(sealed, vault, name);
                } else {
                    open(sealed, vault, name);
                }
            }
        }
        if (sealing) {
            write(vault.in(VaultFile.State.SEALED));
        } else {
            disk.erase(VaultFile.in(phone));
        }
        return Optional.empty();
    }

    private void eraseUnfinished(PhoneFiles line) throws IOException {
        for (String name : line.names()) {
            if (name.endsWith(".new")) {
                disk.erase(line.path(name));
            }
        }
    }

    private static boolean isPart(String name) {
        return name.equals(PhoneLock.FILE) || name.equals("vault") || name.endsWith(DataKeys.SUFFIX);
    }

    private void seal(PhoneFiles line, Vault vault, String name) throws IOException {
        byte[] stored = Files.readAllBytes(line.path(name));
        if (isPart(name) || isSealed(stored)) {
            return;
        }
        if (PhoneFiles.isSettled(name)) {
            disk.replaceAndErase(line.path(name), line.stored(name, stored));
        } else if (LEDGERS.contains(name) || Framing.Clear.begins(stored)) {
            FileLedger.make(line, name, recovered(line.under(null), name));
        } else if (stored.length == 0) {
            disk.delete(line.path(name));
        } else {
            new ForgettingSlot(line, vault, name).write(Opaque.wrap(stored));
        }
    }

    private static boolean isSealed(byte[] stored) {
        return PhoneFiles.isSealed(stored) || isOfOwnKey(stored);
    }

    private static boolean isOfOwnKey(byte[] stored) {
        return ForgettingSlot.keyOf(stored).isPresent()
                || SealedFraming.keyOf(stored).isPresent();
    }

    private void open(PhoneFiles line, Vault vault, String name) throws IOException {
        byte[] stored = Files.readAllBytes(line.path(name));
        if (name.endsWith(DataKeys.SUFFIX)) {
            openByOwnKey(line, vault, name.substring(0, name.length() - DataKeys.SUFFIX.length()));
            disk.erase(line.path(name));
        } else if (PhoneFiles.isSettled(name) && PhoneFiles.isSealed(stored)) {
            disk.replace(line.path(name), line.read(name).orElseThrow());
        }
    }

    /** The file first, and its keys after it. */
    private void openByOwnKey(PhoneFiles line, Vault vault, String name) throws IOException {
        byte[] stored = Files.exists(line.path(name)) ? Files.readAllBytes(line.path(name)) : new byte[0];
        if (SealedFraming.keyOf(stored).isPresent()) {
            FileLedger.make(line.under(null), name, recovered(line, name));
        } else if (ForgettingSlot.keyOf(stored).isPresent()) {
            Optional<Opaque> content = new ForgettingSlot(line, vault, name).read();
            disk.replace(line.path(name), content.orElseThrow().shared());
        }
    }

    private static List<Opaque> recovered(PhoneFiles line, String name) {
        try (FileLedger ledger = FileLedger.open(line, name, Durability.POWER)) {
            return ledger.recovered();
        }
    }
}
