package lethe.loadtest.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * One child process, from its start to its end. What it prints goes to its log.
 *
 * <p>The child ends when its standard input does, so it cannot outlive this process, however this one ends. It does not
 * hear Ctrl-C, which a terminal sends to both: whoever started it ends it in its turn.
 */
public final class Child implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("([a-z]+) ready (\\S+)");
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);
    private static final int LOG_LINES = 15;

    /** Signals that are ignored stay ignored in what a shell becomes, and Java leaves them so. */
    private static final List<String> DEAF_TO_TERMINAL = List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private final String name;
    private final Process process;
    private final Path log;
    private final Duration grace;
    private final Map<String, CompletableFuture<String>> ready = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    private Child(String name, Process process, Path log, Duration grace) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.grace = grace;
    }

    /**
     * Starts a child.
     *
     * @param command its words
     * @param log appended to
     * @param grace how long it may take to end when asked
     */
    public static Child start(String name, List<String> command, Path log, Duration grace) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        List<String> words = new ArrayList<>(DEAF_TO_TERMINAL);
        words.addAll(command);
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        Child child = new Child(name, process, log, grace);
        Thread reader = new Thread(child::read, name + "-output");
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when it has ended and its log is complete. */
    public CompletableFuture<Integer> ended() {
        return drained.thenCombine(process.onExit(), (nothing, gone) -> gone.exitValue());
    }

    /**
     * Waits until the child prints {@code WHAT ready WHERE}, and answers where.
     *
     * @throws IOException if it ends instead, or takes longer than the bound; the message has the end of its log
     */
    public String awaitReady(String what, Duration bound) throws IOException, InterruptedException {
        CompletableFuture<String> where = ready(what);
        try {
            CompletableFuture.anyOf(where, ended()).get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect);
        } catch (TimeoutException late) {
            throw new IOException(
                    name + " did not say '" + what + " ready' within " + bound.toSeconds() + " s\n" + lastLines(),
                    late);
        }
        if (!where.isDone()) {
            throw new IOException(name + " ended with status " + process.exitValue() + "\n" + lastLines());
        }
        return where.join();
    }

    /** Ends it as a crash would (SIGKILL); returns when it is gone. Does nothing when it has ended. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(KILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(name + " survived SIGKILL");
        }
    }

    /** Waits for an end that has begun, as long as it may take when asked; kills it when that takes too long. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
    }

    /**
     * Asks it to end, and returns when it is gone; kills it when that takes too long. Does nothing when it has ended.
     */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // Closed or broken: either way the child has seen the end of its input.
        }
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                process.waitFor(KILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The end of what it printed. */
    public String lastLines() throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    private CompletableFuture<String> ready(String what) {
        return ready.computeIfAbsent(what, key -> new CompletableFuture<>());
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                Writer copy = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                copy.append(line).append('\n').flush();
                var words = READY.matcher(line);
                if (words.matches()) {
                    ready(words.group(1)).complete(words.group(2));
                }
            }
        } catch (IOException unreadable) {
            // A killed child's pipe may break in the middle of a line.
        } finally {
            drained.complete(null);
        }
    }
}
