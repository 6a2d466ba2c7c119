package lethe.registrar.gateway;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import lethe.registrar.gateway.JournalKeys.Generation;

/**
 * What outlives the process: events, sealed, in a file that is written anew under a new key again and again. With the
 * old key, all is gone that the new file does not have. Numbers and texts are never in it.
 *
 * <p>Appending and replacing are for one thread at a time; {@link #force} is for many, and one sync serves all who
 * wait.
 */
final class Journal implements AutoCloseable {
    private final Path directory;
    private final JournalKeys keys;
    private final RandomGenerator random;
    private final Object syncing = new Object();
    private Generation generation;
    private volatile JournalFile file;
    private volatile long appended;
    private volatile long forced;
    private boolean torn;

    private Journal(Path directory, JournalKeys keys, RandomGenerator random, Generation generation, JournalFile file) {
        this.directory = directory;
        this.keys = keys;
        this.random = random;
        this.generation = generation;
        this.file = file;
    }

    /**
     * A journal, and what stood in it.
     *
     * @param lost whether there was one whose key is gone
     */
    record Opened(Journal journal, List<LedgerEvent> events, boolean lost) {}

    /**
     * Opens the journal of a directory, which is made if there is none.
     *
     * @param random a cryptographically strong source
     * @throws IOException if it cannot be read or written, or another process has it
     */
    static Opened open(Path directory, RandomGenerator random) throws IOException {
        if (Files.notExists(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        JournalKeys keys = JournalKeys.open(directory.resolve("keys"));
        try {
            Optional<Generation> last = last(directory, keys);
            List<LedgerEvent> events =
                    last.isPresent() ? JournalFile.read(path(directory, last.get()), last.get()) : List.of();
            boolean lost = last.isEmpty() && (exists(directory, 0) || exists(directory, 1));
            Generation next = new Generation(last.map(Generation::number).orElse(0L) + 1, key(random));
            JournalFile file = begin(directory, keys, next, events);
            return new Opened(new Journal(directory, keys, random, next, file), events, lost);
        } catch (IOException unusable) {
            keys.close();
            throw unusable;
        }
    }

    /** The latest that has a file; a key is put in its place after its file is whole. */
    private static Optional<Generation> last(Path directory, JournalKeys keys) throws IOException {
        Optional<Generation> last = Optional.empty();
        for (int place = 0; place < JournalKeys.PLACES; place++) {
            Optional<Generation> found = keys.read(place);
            if (found.isPresent()
                    && Files.exists(path(directory, found.get()))
                    && found.get().number() > last.map(Generation::number).orElse(0L)) {
                last = found;
            }
        }
        return last;
    }

    private static JournalFile begin(Path directory, JournalKeys keys, Generation next, List<LedgerEvent> events)
            throws IOException {
        JournalFile fresh = JournalFile.create(path(directory, next), next);
        try {
            fresh.append(events);
            fresh.force();
            forceNames(directory);
            keys.write(next);
            int old = 1 - JournalKeys.place(next.number());
            keys.erase(old);
            Files.deleteIfExists(path(directory, old));
            return fresh;
        } catch (IOException failed) {
            fresh.close();
            throw failed;
        }
    }

    private static void forceNames(Path directory) throws IOException {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static Path path(Path directory, Generation generation) {
        return path(directory, JournalKeys.place(generation.number()));
    }

    private static Path path(Path directory, int place) {
        return directory.resolve("journal." + place);
    }

    private static boolean exists(Path directory, int place) {
        return Files.exists(path(directory, place));
    }

    private static Opaque key(RandomGenerator random) {
        byte[] bytes = new byte[JournalKeys.KEY];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }

    /**
     * Adds events.
     *
     * @return what to {@link #force} to have them durable
     * @throws IOException if they are not added; then nothing is, until it is replaced
     */
    long append(List<LedgerEvent> events) throws IOException {
        if (torn) {
            throw new IOException("the journal cannot be written");
        }
        try {
            file.append(events);
        } catch (IOException failed) {
            torn = true;
            throw failed;
        }
        long position = appended + 1;
        appended = position;
        return position;
    }

    /** Whether something failed, so that it has to be replaced before it is written again. */
    boolean isTorn() {
        return torn;
    }

    /** Of all that was appended. */
    long position() {
        return appended;
    }

    /** Returns when what was appended up to there is durable. */
    void force(long position) throws IOException {
        if (forced >= position) {
            return;
        }
        synchronized (syncing) {
            if (forced < position) {
                long covered = appended;
                file.force();
                forced = covered;
            }
        }
    }

    /** Writes everything anew under a new key, and destroys the old one; durable on return. */
    void replace(List<LedgerEvent> events) throws IOException {
        synchronized (syncing) {
            Generation next = new Generation(generation.number() + 1, key(random));
            JournalFile old = file;
            file = begin(directory, keys, next, events);
            generation = next;
            forced = appended;
            torn = false;
            old.close();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (syncing) {
            file.close();
            keys.close();
        }
    }
}
