package lethe.loadtest.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Programs of the system, run to their end. */
public final class Tool {
    /** Debian keeps what only root starts in sbin, which is not on everybody's path. */
    private static final String PATH = System.getenv().getOrDefault("PATH", "/bin:/usr/bin") + ":/usr/sbin:/sbin";

    private Tool() {}

    /** Whether there is such a program. */
    public static boolean exists(String name) {
        return Arrays.stream(PATH.split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory).resolve(name)));
    }

    /**
     * What it printed.
     *
     * @throws IOException if it failed; the message says what it printed
     */
    public static String run(String... words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("PATH", PATH);
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(words[0] + " ended with status " + code + ": " + printed);
        }
        return printed;
    }

    /**
     * The same, with what it printed in a file; what it complained of is not in it.
     *
     * @throws IOException if it failed; the message says what it complained of
     */
    public static void runInto(Path output, List<String> words) throws IOException, InterruptedException {
        Path complaints = output.resolveSibling(output.getFileName() + ".err");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectOutput(output.toFile()).redirectError(complaints.toFile());
        builder.environment().put("PATH", PATH);
        Process process = builder.start();
        process.getOutputStream().close();
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(words.get(0) + " ended with status " + code + ": " + Files.readString(complaints));
        }
    }

    /** The words that run a script of the shell, with that path. */
    public static List<String> script(String text, String... arguments) {
        Stream<String> shell = Stream.of("env", "PATH=" + PATH, "/bin/sh", "-c", text, "sh");
        return Stream.concat(shell, Arrays.stream(arguments)).toList();
    }
}
