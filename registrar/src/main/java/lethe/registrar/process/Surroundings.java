package lethe.registrar.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Where a process keeps its files, and how it notices that whoever started it has gone. */
public final class Surroundings {
    private Surroundings() {}

    /** {@code $LETHE_HOME}, or {@code ~/.lethe}. */
    public static Path home() {
        String set = System.getenv("LETHE_HOME");
        return set == null || set.isBlank() ? Path.of(System.getProperty("user.home"), ".lethe") : Path.of(set);
    }

    /** Does something when standard input ends. */
    public static void whenInputEnds(Runnable end) {
        Thread reader = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException ended) {
                        // Unreadable means the same: nobody is there.
                    }
                    end.run();
                },
                "watch-standard-input");
        reader.setDaemon(true);
        reader.start();
    }
}
