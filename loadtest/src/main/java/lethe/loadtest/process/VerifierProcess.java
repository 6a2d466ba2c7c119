package lethe.loadtest.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lethe.client.http.VerifierHttp;
import lethe.client.sealing.PinnedVerifier;
import lethe.client.sealing.SealingKey;
import lethe.core.protocol.VerifierBodies.VerifierKeys;
import lethe.device.http.Fleet;
import lethe.wire.Encoding;

/** A verifier for development, a process on the loopback. */
public final class VerifierProcess implements AutoCloseable {
    private static final List<String> JAVA = List.of("-XX:+UseSerialGC", "-Xmx64m");
    private static final String KEY = "key ";
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final Children children;
    private final Child verifier;
    private final Path log;
    private final URI address;
    private final PinnedVerifier pinned;

    private VerifierProcess(Children children, Child verifier, Path log, URI address, PinnedVerifier pinned) {
        this.children = children;
        this.verifier = verifier;
        this.log = log;
        this.address = address;
        this.pinned = pinned;
    }

    /**
     * The public halves of its keys, which are made if there are none: taggers are told of them before it starts.
     *
     * @param directory of its key, below {@code verifier}
     */
    public static PinnedVerifier key(Path directory) throws IOException, InterruptedException {
        List<String> arguments = List.of(
                "verifier",
                "--make-missing-key",
                "--show-key",
                "--key",
                file(directory).toString());
        Process process = new ProcessBuilder(Program.current().command(JAVA, arguments))
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            CompletableFuture<String> printed = CompletableFuture.supplyAsync(() -> read(process));
            if (!process.waitFor(Patience.TAGGER_START.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the verifier does not show its key");
            }
            String text = printed.join().strip();
            return PinnedVerifier.fromText(text.startsWith(KEY) ? text.substring(KEY.length()) : "")
                    .orElseThrow(() -> new IOException(text));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Path directory) {
        return directory.resolve("verifier").resolve("verifier.key");
    }

    /**
     * Starts it on 127.0.0.1, without TLS, and returns when it is ready. It writes codes to its log.
     *
     * @param directory of its key, below {@code verifier}, and its log, below {@code logs}
     * @param port 0 for a free one
     */
    public static VerifierProcess start(Path directory, int port, TaggerProcess tagger)
            throws IOException, InterruptedException {
        return start(directory, RegistrarPort.inClear(port), tagger, List.of("--print-codes"));
    }

    /**
     * As the other, elsewhere.
     *
     * @param codes the options that say where codes go
     */
    public static VerifierProcess start(Path directory, RegistrarPort port, TaggerProcess tagger, List<String> codes)
            throws IOException, InterruptedException {
        Path logs = directory.resolve("logs");
        Children children = new Children(Program.current(), logs);
        try {
            List<String> arguments = new ArrayList<>(List.of(
                    "verifier", "--make-missing-key", "--key", file(directory).toString()));
            arguments.addAll(port.arguments());
            arguments.addAll(tagger.arguments());
            arguments.addAll(codes);
            Child verifier = children.start("verifier", Patience.TAGGER_END, JAVA, arguments);
            URI address = URI.create(verifier.awaitReady("verifier", Patience.TAGGER_START));
            return new VerifierProcess(
                    children, verifier, logs.resolve("verifier.log"), address, pinned(port, address));
        } catch (IOException | InterruptedException | RuntimeException failed) {
            children.close();
            throw failed;
        }
    }

    private static PinnedVerifier pinned(RegistrarPort port, URI address) throws IOException, InterruptedException {
        VerifierHttp http = new VerifierHttp(port.client(), address, Encoding.CBOR);
        VerifierKeys keys = Fleet.within(ANSWER).await(http.keys());
        return new PinnedVerifier(new SealingKey(keys.sealing()), keys.signing());
    }

    /** Where phones ask. */
    public URI address() {
        return address;
    }

    /** What phones pin. */
    public PinnedVerifier pinned() {
        return pinned;
    }

    /** Where its codes are read, if it prints them. */
    public Path log() {
        return log;
    }

    public long pid() {
        return verifier.pid();
    }

    /** Completes when it has ended. */
    public CompletableFuture<Integer> ended() {
        return verifier.ended();
    }

    /** Whether this process was told to end, so that what fails now need not be told. */
    public boolean isEnding() {
        return children.isEnding();
    }

    @Override
    public void close() {
        children.close();
    }
}
