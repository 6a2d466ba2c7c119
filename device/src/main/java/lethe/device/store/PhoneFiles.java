package lethe.device.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The small files of one line of a phone, each replaced as a whole: in clear, or sealed under a key of the file's name,
 * so that none can be altered or exchanged for another. A file that is exchanged for an older one of the same name is
 * not noticed.
 *
 * <p>Needs no lock to read. Does not print.
 */
public final class PhoneFiles {
    private static final byte[] MARK = "LETHE/S1".getBytes(StandardCharsets.US_ASCII);

    /**
     * Those that are sealed under keys of their names: they hold what counts now, and what is secret no longer than
     * that.
     */
    private static final Set<String> SETTLED = Set.of(
            "key",
            "account",
            "address",
            "devices",
            "ownership",
            "consent",
            "sim",
            "owed",
            "policy",
            "contacts",
            "blocked",
            "permit");

    private final Path phone;
    private final Path directory;
    private final @Nullable Vault vault;
    private final RandomGenerator random;
    private final Disk disk;

    PhoneFiles(Path phone, Path directory, @Nullable Vault vault, RandomGenerator random, Disk disk) {
        this.phone = phone.toAbsolutePath();
        this.directory = directory.toAbsolutePath();
        this.vault = vault;
        this.random = random;
        this.disk = disk;
    }

    /**
     * Those of a line whose phone is in clear.
     *
     * @throws StoreEncrypted if it is encrypted
     */
    static PhoneFiles inClear(Path directory, RandomGenerator random) throws IOException {
        Path phone = phoneOf(directory);
        if (Files.isRegularFile(VaultFile.in(phone))) {
            throw new StoreEncrypted(VaultFile.in(phone));
        }
        return new PhoneFiles(phone, directory, null, random, new Disk());
    }

    /**
     * Those of a line, for reading beside whoever has it open.
     *
     * @param directory a line's
     * @param random a cryptographically strong source
     * @throws IOException if the phone's file {@code vault} cannot be read
     */
    public static Opening<PhoneFiles> unlock(Path directory, VaultKey key, RandomGenerator random) throws IOException {
        Path phone = phoneOf(directory);
        Optional<VaultFile> file = VaultFile.read(phone);
        if (file.isEmpty()) {
            return key instanceof VaultKey.None
                    ? new Opening.Opened<>(new PhoneFiles(phone, directory, null, random, new Disk()))
                    : new Opening.Refused<>(StoreRefusal.NOT_ENCRYPTED);
        }
        Opening<Vault> vault = Vault.unlock(file.get(), key);
        return vault instanceof Opening.Opened<Vault> opened
                ? new Opening.Opened<>(new PhoneFiles(phone, directory, opened.value(), random, new Disk()))
                : new Opening.Refused<>(((Opening.Refused<Vault>) vault).why());
    }

    static boolean isSettled(String name) {
        return SETTLED.contains(name);
    }

    static boolean isSealed(byte[] stored) {
        return Vault.begins(stored, MARK);
    }

    /** Where the file {@code vault} of a line stands: beside it, or with the first line. */
    static Path phoneOf(Path directory) {
        Path parent = directory.toAbsolutePath().getParent();
        boolean further = String.valueOf(directory.getFileName()).matches("line[2-" + FileStore.MOST_LINES + "]");
        boolean own = Files.isRegularFile(VaultFile.in(directory));
        return further && !own && parent != null && Files.isRegularFile(VaultFile.in(parent)) ? parent : directory;
    }

    /**
     * Those of another line of the same phone.
     *
     * @param line its directory; the first line's are the phone's own
     */
    public PhoneFiles of(Path line) {
        return new PhoneFiles(phone, line, vault, random, disk);
    }

    PhoneFiles under(@Nullable Vault other) {
        return new PhoneFiles(phone, directory, other, random, disk);
    }

    /**
     * A file as a place.
     *
     * @param name one of those that {@link FileStore} lists; other files forget, and are slots of an open store
     */
    public Slot file(String name) {
        if (!isSettled(name)) {
            throw new IllegalArgumentException("no small file of a phone");
        }
        return new FileSlot(this, name);
    }

    Path phone() {
        return phone;
    }

    Path directory() {
        return directory;
    }

    @Nullable
    Vault vault() {
        return vault;
    }

    RandomGenerator random() {
        return random;
    }

    Disk disk() {
        return disk;
    }

    /** The names of all files. */
    List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(Path::getFileName)
                    .map(String::valueOf)
                    .sorted()
                    .toList();
        }
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** What a file is sealed to: its name, and which line's it is. */
    String bound(String name) {
        return directory.equals(phone) ? name : directory.getFileName() + "/" + name;
    }

    Optional<byte[]> read(String name) throws IOException {
        byte[] stored;
        try {
            stored = Files.readAllBytes(path(name));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return Optional.of(content(name, stored));
    }

    private byte[] content(String name, byte[] stored) throws IOException {
        boolean sealed = isSealed(stored);
        if (vault == null) {
            if (sealed) {
                throw new StoreEncrypted(path(name));
            }
            return stored;
        }
        if (!sealed && vault.state() != VaultFile.State.SEALED) {
            return stored;
        }
        byte[] body = sealed ? Arrays.copyOfRange(stored, MARK.length, stored.length) : new byte[0];
        return vault.open(MARK, bound(name), body).orElseThrow(() -> FileDamaged.altered(path(name)));
    }

    /** Replaces the file's content, at once or not at all; durable on return. */
    void replace(String name, byte[] content) throws IOException {
        disk.replace(path(name), stored(name, content));
    }

    /** A file's content as it stands on the disk. */
    byte[] stored(String name, byte[] content) {
        if (vault == null) {
            return content;
        }
        byte[] sealed = vault.seal(MARK, bound(name), content, random);
        return ByteBuffer.allocate(MARK.length + sealed.length)
                .put(MARK)
                .put(sealed)
                .array();
    }

    /** Removes the file, durably. */
    void delete(String name) throws IOException {
        disk.delete(path(name));
    }

    Optional<String> readText(String name) throws IOException {
        return read(name).map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    }

    void replaceText(String name, String text) throws IOException {
        replace(name, text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "PhoneFiles[***]";
    }
}
