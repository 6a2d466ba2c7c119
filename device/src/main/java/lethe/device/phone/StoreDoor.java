package lethe.device.phone;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.device.store.Durability;
import lethe.device.store.FileStore;
import lethe.device.store.Opening;
import lethe.device.store.Passphrase;
import lethe.device.store.PhoneFiles;
import lethe.device.store.StoreRefusal;
import lethe.device.store.VaultKey;
import org.jspecify.annotations.Nullable;

/**
 * Opens a phone's files for its owner: asks once for the passphrase, if they are encrypted or are to be, and says why
 * they do not open. What it opened stays open when it is closed; the passphrase is overwritten then.
 */
final class StoreDoor implements AutoCloseable {
    static final String NO_PASSPHRASE = "A passphrase has " + Passphrase.SHORTEST + " to " + Passphrase.LONGEST
            + " characters, typed twice the same: nothing was changed.";

    private final String name;
    private final Path phone;
    private final PassphraseOptions options;
    private final RandomGenerator random;
    private final PrintWriter err;
    private @Nullable Passphrase passphrase;

    StoreDoor(String name, Path phone, PassphraseOptions options, RandomGenerator random, PrintWriter err) {
        this.name = name;
        this.phone = phone;
        this.options = options;
        this.random = random;
        this.err = err;
    }

    /** A line of the phone; empty if it does not open, which has been said. */
    Optional<FileStore> open(Path line) {
        if (options.isWanted() && FileStore.protection(phone).isEmpty() && !encrypt()) {
            return Optional.empty();
        }
        Optional<VaultKey> key = key();
        return key.isEmpty() ? Optional.empty() : told(FileStore.open(line, key.get(), Durability.POWER, random));
    }

    /** A line's small files, to read beside whoever has it open; empty if they do not open, which has been said. */
    Optional<PhoneFiles> files(Path line) throws IOException {
        Optional<VaultKey> key = key();
        return key.isEmpty() ? Optional.empty() : told(PhoneFiles.unlock(line, key.get(), random));
    }

    /** Puts the phone under another passphrase, or under none; false if it is not, which has been said. */
    boolean change(VaultKey next) {
        Optional<VaultKey> now = key();
        return now.isPresent() && done(FileStore.protect(phone, now.get(), next, random));
    }

    /** Asks for the passphrase as it is, before another one is asked for; false if there is none. */
    boolean asks() {
        return key().isPresent();
    }

    private boolean encrypt() {
        try {
            Optional<Passphrase> chosen = options.choose("New passphrase of " + name + ":");
            if (chosen.isEmpty()) {
                say(NO_PASSPHRASE);
                return false;
            }
            passphrase = chosen.get();
            return done(FileStore.protect(phone, VaultKey.none(), chosen.get(), random));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<VaultKey> key() {
        if (passphrase != null) {
            return Optional.of(passphrase);
        }
        if (FileStore.protection(phone)
                .filter(StoreRefusal.NEEDS_PASSPHRASE::equals)
                .isEmpty()) {
            return Optional.of(VaultKey.none());
        }
        try {
            Optional<char[]> typed = options.read("Passphrase of " + name + ":");
            if (typed.isEmpty()) {
                say(text(StoreRefusal.NEEDS_PASSPHRASE));
                return Optional.empty();
            }
            passphrase = new Passphrase(typed.get());
            return Optional.of(passphrase);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> Optional<T> told(Opening<T> opening) {
        if (opening instanceof Opening.Opened<T> opened) {
            return Optional.of(opened.value());
        }
        say(text(((Opening.Refused<T>) opening).why()));
        return Optional.empty();
    }

    private boolean done(Optional<StoreRefusal> refusal) {
        refusal.ifPresent(why -> say(text(why)));
        return refusal.isEmpty();
    }

    private String text(StoreRefusal why) {
        return switch (why) {
            case IN_USE -> "The phone " + name + " is in use in another terminal.";
            case NEEDS_PASSPHRASE -> "The phone " + name + " is encrypted, and no passphrase was given.";
            case NEEDS_PLATFORM_KEY ->
                "The phone " + name + " is encrypted under a key that this program does not have.";
            case WRONG_KEY -> "That is not the passphrase of " + name + ".";
            case NOT_ENCRYPTED -> "The phone " + name + " is not encrypted.";
        };
    }

    private void say(String text) {
        err.println(text);
        err.flush();
    }

    @Override
    public void close() {
        if (passphrase != null) {
            passphrase.close();
        }
    }
}
