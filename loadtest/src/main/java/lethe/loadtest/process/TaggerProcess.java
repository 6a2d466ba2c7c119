package lethe.loadtest.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import lethe.client.http.TaggerHttp;
import lethe.client.sealing.PinnedVerifier;
import lethe.core.protocol.TaggerBodies.TaggerKey;
import lethe.core.protocol.TaggerBodies.TaggerKeys;
import lethe.device.http.Fleet;
import lethe.oprf.PinnedKey;
import lethe.oprf.PublicKey;
import lethe.wire.Encoding;

/** A tagger for development, a process on the loopback, with a key that it finds again at the next start. */
public final class TaggerProcess implements AutoCloseable {
    private static final List<String> JAVA = List.of("-XX:+UseSerialGC", "-Xmx64m");
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final Children children;
    private final Child tagger;
    private final RegistrarPort port;
    private final URI address;
    private final PinnedKey pinned;

    private TaggerProcess(Children children, Child tagger, RegistrarPort port, URI address, PinnedKey pinned) {
        this.children = children;
        this.tagger = tagger;
        this.port = port;
        this.address = address;
        this.pinned = pinned;
    }

    /**
     * Starts it on 127.0.0.1, without TLS, for everybody, and returns when it is ready.
     *
     * @param directory of its key, below {@code tagger}, and its log, below {@code logs}
     * @param port 0 for a free one
     */
    public static TaggerProcess start(Path directory, int port) throws IOException, InterruptedException {
        return start(directory, RegistrarPort.inClear(port), List.of());
    }

    /**
     * The same, for those whom a verifier has signed a permit for.
     *
     * @param verifier whose permits count
     */
    public static TaggerProcess start(Path directory, int port, PinnedVerifier verifier)
            throws IOException, InterruptedException {
        return start(directory, RegistrarPort.inClear(port), verifier);
    }

    /** As the other, elsewhere. */
    public static TaggerProcess start(Path directory, RegistrarPort port, PinnedVerifier verifier)
            throws IOException, InterruptedException {
        return start(directory, port, List.of("--verifier", verifier.toText()));
    }

    private static TaggerProcess start(Path directory, RegistrarPort port, List<String> admission)
            throws IOException, InterruptedException {
        Children children = new Children(Program.current(), directory.resolve("logs"));
        try {
            List<String> arguments = new ArrayList<>(List.of(
                    "tagger",
                    "--make-missing-key",
                    "--key",
                    directory.resolve("tagger").resolve("tagger.key").toString()));
            arguments.addAll(port.arguments());
            arguments.addAll(admission);
            Child tagger = children.start("tagger", Patience.TAGGER_END, JAVA, arguments);
            URI address = URI.create(tagger.awaitReady("tagger", Patience.TAGGER_START));
            return new TaggerProcess(children, tagger, port, address, newest(port, address));
        } catch (IOException | InterruptedException | RuntimeException failed) {
            children.close();
            throw failed;
        }
    }

    private static PinnedKey newest(RegistrarPort port, URI address) throws IOException, InterruptedException {
        TaggerHttp http = new TaggerHttp(port.client(), address, Encoding.CBOR);
        TaggerKeys keys = Fleet.within(ANSWER).await(http.keys());
        TaggerKey newest = keys.keys().stream()
                .max(Comparator.comparingInt(TaggerKey::version))
                .orElseThrow(() -> new IOException("the tagger has no key"));
        return PublicKey.decode(newest.key())
                .map(key -> new PinnedKey(newest.version(), key))
                .orElseThrow(() -> new IOException("the tagger's key is none"));
    }

    /** Where phones ask. */
    public URI address() {
        return address;
    }

    /** What phones pin. */
    public PinnedKey pinned() {
        return pinned;
    }

    public long pid() {
        return tagger.pid();
    }

    /** The options of whoever asks it, as a verifier does. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--tagger", address.toString(), "--pinned", pinned.toText()));
        TlsFiles tls = port.tls();
        if (tls != null) {
            arguments.addAll(List.of("--tagger-trust", tls.chain().toString()));
        }
        return arguments;
    }

    /** Completes when it has ended. */
    public CompletableFuture<Integer> ended() {
        return tagger.ended();
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
