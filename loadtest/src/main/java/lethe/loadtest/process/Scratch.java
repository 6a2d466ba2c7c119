package lethe.loadtest.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;

/** The temporary directory of one run: erased at its end, unless it is needed to see what went wrong. */
public final class Scratch {
    private final Path directory;
    private volatile boolean kept;

    private Scratch(Path directory) {
        this.directory = directory;
    }

    /**
     * A fresh directory.
     *
     * @param run names it, for people
     */
    public static Scratch create(String run) throws IOException {
        return new Scratch(Files.createTempDirectory("lethe-" + run + "-"));
    }

    public Path directory() {
        return directory;
    }

    /** Leaves the directory where it is, as evidence. */
    public void keep() {
        kept = true;
    }

    /** Deletes it and all below it, unless it is kept. Call it when nobody writes there any more. */
    public void erase() {
        if (kept || !Files.exists(directory)) {
            return;
        }
        try (var below = Files.walk(directory)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException gone) {
            // Somebody else tidies up too.
        } catch (IOException stubborn) {
            System.getLogger(Scratch.class.getName())
                    .log(System.Logger.Level.WARNING, "{0} was not deleted: delete it by hand", directory);
        }
    }
}
