package lethe.device.phone;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import lethe.client.http.Trust;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a phone in a terminal takes for the tagger or verifier that it asks. */
final class TrustOptions {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "Authorities of the certificate of whoever is asked (PEM). Default: the system's list")
    private @Nullable Path trust;

    /** What to ask with; empty if the file does not hold certificates. */
    Optional<HttpClient> http() {
        HttpClient.Builder http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        if (trust == null) {
            return Optional.of(http.build());
        }
        Optional<SSLContext> context = Trust.in(trust);
        return context.map(known -> http.sslContext(known).build());
    }
}
