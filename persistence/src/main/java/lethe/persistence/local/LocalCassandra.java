package lethe.persistence.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One running Cassandra server, child of this process.
 *
 * <p>It answers CQL when {@link #start} returns. It ends at {@link #close}, or when this process ends in whatever way:
 * the server's shell reads a pipe whose other end is here (see watch.sh). Data stays in its directory, and a later
 * start there finds it.
 */
public final class LocalCassandra implements AutoCloseable {

    private static final Duration PROBE_INTERVAL = Duration.ofMillis(100);
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(2);
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);
    private static final int LOG_LINES = 15;

    private final LocalCassandraSettings settings;
    private final CassandraFiles files;
    private final Process shell;
    private final FileChannel lock;
    private final CompletableFuture<Void> ended;

    private LocalCassandra(LocalCassandraSettings settings, CassandraFiles files, Process shell, FileChannel lock) {
        this.settings = settings;
        this.files = files;
        this.shell = shell;
        this.lock = lock;
        this.ended = shell.onExit().thenRun(this::endServer);
    }

    /**
     * Starts a server and waits until it answers; what went wrong is in the exception's message, with the end of the
     * server's log.
     */
    public static LocalCassandra start(LocalCassandraSettings settings) throws IOException, InterruptedException {
        var java = CassandraJava.find(System.getenv());
        var jars = CassandraJars.find();
        var files = new CassandraFiles(settings.directory());
        files.write(settings);
        var lock = lock(files);
        try {
            Files.deleteIfExists(files.processId());
            var shell = new ProcessBuilder(CassandraCommandLine.of(settings, files, java, jars))
                    .directory(settings.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(files.output().toFile())
                    .start();
            var cassandra = new LocalCassandra(settings, files, shell, lock);
            cassandra.awaitReady();
            return cassandra;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /** Where it listens. */
    public Endpoint endpoint() {
        return settings.endpoint();
    }

    /** Where clients connect. */
    public InetSocketAddress address() {
        return settings.endpoint().cql();
    }

    /** What it was started with; a second start with the same finds the same data. */
    public LocalCassandraSettings settings() {
        return settings;
    }

    /** The server's own log. */
    public Path log() {
        return files.log();
    }

    public boolean isAlive() {
        return shell.isAlive();
    }

    /** Completes when the server has ended, wanted or not. */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /** The server's process, while it runs. */
    public ProcessHandle server() throws IOException {
        var pid = Long.parseLong(Files.readString(files.processId()).strip());
        return ProcessHandle.of(pid).orElseThrow(() -> new IOException("the server has ended"));
    }

    /** The shell between this process and the server. */
    public ProcessHandle watcher() {
        return shell.toHandle();
    }

    /** Ends the server as a power cut would: no drain, no flush. Returns when it is gone. */
    public void kill() throws IOException, InterruptedException {
        server().destroyForcibly();
        if (!shell.waitFor(KILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            shell.destroyForcibly();
        }
        ended.join();
        lock.close();
    }

    /** Lets the server drain and end; kills it when that takes too long. Does nothing when it has ended. */
    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        try {
            var bound = Duration.ofSeconds(CassandraCommandLine.GRACE_SECONDS).plus(KILL_PATIENCE);
            if (!shell.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                shell.destroyForcibly();
            }
            ended.join();
        } catch (InterruptedException interrupted) {
            // The closed pipe ends the server without this thread.
            Thread.currentThread().interrupt();
        }
        lock.close();
    }

    private void awaitReady() throws IOException, InterruptedException {
        var deadline = System.nanoTime() + settings.startWithin().toNanos();
        while (!CqlProbe.answers(address(), PROBE_PATIENCE)) {
            if (shell.waitFor(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "Cassandra ended with status " + shell.exitValue() + " while starting\n" + lastLines());
            }
            if (System.nanoTime() > deadline) {
                close();
                throw new IOException("Cassandra did not answer within " + settings.startWithin() + "\n" + lastLines());
            }
        }
    }

    /** The shell ends after its child unless it was killed itself; then the child is ended from here. */
    private void endServer() {
        try {
            if (Files.exists(files.processId())) {
                server().destroyForcibly();
                Files.deleteIfExists(files.processId());
            }
        } catch (IOException gone) {
            // Ended in between: that is what was wanted.
        }
    }

    private String lastLines() throws IOException {
        var lines = new StringBuilder();
        for (var file : List.of(files.output(), files.log())) {
            if (Files.exists(file)) {
                var all = Files.readAllLines(file);
                all.subList(Math.max(0, all.size() - LOG_LINES), all.size())
                        .forEach(line -> lines.append(line).append('\n'));
            }
        }
        return lines.toString();
    }

    private static FileChannel lock(CassandraFiles files) throws IOException {
        var channel = FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException heldHere) {
            // Same answer as for a lock of another process.
        }
        channel.close();
        throw new IOException("another Cassandra uses " + files.directory());
    }
}
