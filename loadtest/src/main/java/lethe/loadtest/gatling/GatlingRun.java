package lethe.loadtest.gatling;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One Gatling process, from its start to its end. It ends with this process at the latest. */
public final class GatlingRun {
    private static final int GRACE_SECONDS = 5;

    private GatlingRun() {}

    /**
     * Runs it, and answers with its exit code: 0 if all that was claimed is true, 2 if not, something else if it broke.
     *
     * @param out gets each line that it prints; what it complains of goes where this process's own complaints go
     */
    public static int run(List<String> command, Consumer<String> out) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        Thread atExit = new Thread(() -> end(process), "end-gatling");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            process.getOutputStream().close();
            copy(process, out);
            return process.waitFor();
        } finally {
            end(process);
            forget(atExit);
        }
    }

    private static void copy(Process process, Consumer<String> out) throws IOException {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.accept(line);
            }
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException endingAlready) {
            // This process ends: the hook runs, and finds nothing left to do.
        }
    }
}
