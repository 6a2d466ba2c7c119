package lethe.device.phone;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import lethe.client.http.TaggerHttp;
import lethe.client.http.Trust;
import lethe.client.tagging.TagAnswer;
import lethe.client.tagging.TagClient;
import lethe.core.identity.PlainIdentifier;
import lethe.device.DeviceRuntime;
import lethe.oprf.PinnedKey;
import lethe.wire.Encoding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a phone asks for the tags of numbers, and whom it believes. */
final class TaggerOptions {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    @Option(
            names = "--tagger",
            paramLabel = "URL",
            required = true,
            description = "A tagger; twice, if the key is split over two.")
    private List<URI> taggers = List.of();

    @Option(
            names = "--pinned",
            paramLabel = "VERSION:KEY",
            required = true,
            description = "The public key, as ./lethe tagger --make-key printed it.")
    private String pinned = "";

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "Authorities of the servers' certificates (PEM). Default: the system's list")
    private @Nullable Path trust;

    /** What is wrong with them; empty if nothing is. */
    Optional<String> fault() {
        if (PinnedKey.fromText(pinned).isEmpty() || taggers.stream().anyMatch(tagger -> tagger.getHost() == null)) {
            return Optional.of("A tagger is http://HOST:PORT or https://HOST:PORT; a key is VERSION:KEY.");
        }
        return http().isEmpty() ? Optional.of("The file of authorities does not hold certificates.") : Optional.empty();
    }

    /** To ask with; empty if the authorities are none. */
    Optional<HttpClient> http() {
        HttpClient.Builder http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        if (trust == null) {
            return Optional.of(http.build());
        }
        Optional<SSLContext> context = Trust.in(trust);
        return context.map(known -> http.sslContext(known).build());
    }

    /** The tags of numbers. */
    TagAnswer ask(List<PlainIdentifier> numbers) {
        DeviceRuntime runtime = DeviceRuntime.ofThreads(1);
        HttpClient http = http().orElseThrow();
        List<TaggerHttp> asked = taggers.stream()
                .map(tagger -> new TaggerHttp(http, tagger, Encoding.CBOR))
                .toList();
        return new TagClient(PinnedKey.fromText(pinned).orElseThrow(), asked, runtime.executor(), runtime.random())
                .tags(numbers)
                .toCompletableFuture()
                .join();
    }

    /** A number as it was typed; empty if it is none. */
    static Optional<PlainIdentifier> number(String text) {
        try {
            return Optional.of(PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, text));
        } catch (IllegalArgumentException otherForm) {
            return Optional.empty();
        }
    }

    /** For the owner: why there are no tags. */
    static String why(TagAnswer answer) {
        if (answer instanceof TagAnswer.NotBelieved doubtful) {
            return "The answer is not to be believed: " + doubtful.fault() + ".";
        }
        return answer instanceof TagAnswer.Refused refused
                ? refused.problem().type().title()
                : ((TagAnswer.Unreachable) answer).why();
    }
}
