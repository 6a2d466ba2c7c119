package lethe.loadtest.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What taking evidence needs of a machine. */
public final class Means {
    private Means() {}

    /**
     * Requires root, a JDK and these programs.
     *
     * @throws NotPossible if one is missing
     */
    public static void require(String... tools) throws IOException {
        Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!user.equals(0)) {
            throw NotPossible.here("capturing traffic, and reading the memory of others, needs root");
        }
        for (String tool : tools) {
            if (!Tool.exists(tool)) {
                throw NotPossible.without(tool);
            }
        }
        if (!Files.isExecutable(JavaProcess.of(0).jcmd())) {
            throw NotPossible.here("this Java has no jcmd: a JDK is needed");
        }
    }
}
