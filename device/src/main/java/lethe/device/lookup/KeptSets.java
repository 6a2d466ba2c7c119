package lethe.device.lookup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.stream.Stream;
import lethe.core.identity.Opaque;
import lethe.device.store.PrivateFiles;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/**
 * What a phone has fetched, as it came: the files {@code index}, {@code day} and {@code hour-N} of a directory. A file
 * that says nothing counts as none; whether it says the truth is not looked at here.
 */
public final class KeptSets {
    private static final String INDEX = "index";
    private static final String DAY = "day";
    private static final String HOUR = "hour-";

    private final Path directory;

    private KeptSets(Path directory) {
        this.directory = directory;
    }

    /** In a directory that is made if there is none. */
    public static KeptSets in(Path directory) throws IOException {
        PrivateFiles.createDirectories(directory);
        return new KeptSets(directory);
    }

    Optional<Opaque> index() {
        return read(INDEX);
    }

    Optional<Opaque> day() {
        return read(DAY);
    }

    Optional<Opaque> hour(long hour) {
        return read(HOUR + hour);
    }

    void keepIndex(Opaque bytes) {
        write(INDEX, bytes);
    }

    /** The hours of the day before go. */
    void keepDay(Opaque bytes) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(KeptSets::isHour).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(DAY, bytes);
    }

    void keepHour(long hour, Opaque bytes) {
        write(HOUR + hour, bytes);
    }

    static Opaque hash(Opaque bytes) {
        try {
            return Opaque.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.shared()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static <T extends Record> Optional<T> decoded(Class<T> type, Opaque bytes) {
        return Payloads.decode(Encoding.CBOR, type, bytes.shared()) instanceof Decoded.Good<T> good
                ? Optional.of(good.value())
                : Optional.empty();
    }

    private static boolean isHour(Path file) {
        return String.valueOf(file.getFileName()).startsWith(HOUR);
    }

    private Optional<Opaque> read(String name) {
        Path file = directory.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Opaque.wrap(Files.readAllBytes(file))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, Opaque bytes) {
        try {
            PrivateFiles.replace(directory.resolve(name), bytes.shared());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
