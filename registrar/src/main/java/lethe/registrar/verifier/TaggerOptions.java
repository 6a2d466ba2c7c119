package lethe.registrar.verifier;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import lethe.client.http.TaggerHttp;
import lethe.client.http.Trust;
import lethe.client.permit.HeldPermit;
import lethe.client.tagging.TagClient;
import lethe.oprf.PinnedKey;
import lethe.registrar.http.ClientTls;
import lethe.wire.Encoding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Whom a verifier asks for tags, as every phone does: blinded, and with a pinned key. */
final class TaggerOptions {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int THREADS = 4;

    @Option(names = "--tagger", paramLabel = "URL", description = "A tagger; twice, if the key is split over two.")
    private List<URI> taggers = List.of();

    @Option(
            names = "--pinned",
            paramLabel = "VERSION:KEY",
            description = "The taggers' public key, as ./lethe tagger --make-key printed it.")
    private String pinned = "";

    @Option(
            names = "--tagger-trust",
            paramLabel = "FILE",
            description = "Authorities of the taggers' certificates (PEM). Default: the system's list")
    private @Nullable Path trust;

    @ArgGroup(exclusive = false)
    private @Nullable Own own;

    /** Who the verifier is to a tagger that serves only those whom it knows. */
    static final class Own {
        @Option(
                names = "--tagger-certificate",
                paramLabel = "FILE",
                required = true,
                description = "For taggers with --clients: the certificate to show them, and those above it (PEM).")
        private Path chain = Path.of("");

        @Option(
                names = "--tagger-private-key",
                paramLabel = "FILE",
                required = true,
                description = "For taggers with --clients: its private key (PEM, PKCS #8).")
        private Path privateKey = Path.of("");
    }

    /**
     * Whom they name; empty if that is no taggers, no key, or no certificates.
     *
     * @param permit shown with each question
     */
    Optional<TagClient> read(HeldPermit permit, Clock clock) {
        Optional<PinnedKey> key = PinnedKey.fromText(pinned);
        Optional<HttpClient> http = http();
        if (key.isEmpty()
                || http.isEmpty()
                || taggers.isEmpty()
                || taggers.stream().anyMatch(tagger -> tagger.getHost() == null)) {
            return Optional.empty();
        }
        List<TaggerHttp> asked = taggers.stream()
                .map(tagger -> new TaggerHttp(http.get(), tagger, Encoding.CBOR))
                .toList();
        return Optional.of(new TagClient(key.get(), asked, threads(), new SecureRandom()).showing(permit, clock));
    }

    private Optional<HttpClient> http() {
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .executor(threads());
        if (trust == null && own == null) {
            return Optional.of(http.build());
        }
        Optional<SSLContext> context =
                own == null ? Trust.in(Objects.requireNonNull(trust)) : ClientTls.of(own.chain, own.privateKey, trust);
        return context.map(known -> http.sslContext(known).build());
    }

    private static ExecutorService threads() {
        return Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "ask-taggers");
            thread.setDaemon(true);
            return thread;
        });
    }
}
