package lethe.device.phone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lethe.client.http.TaggerHttp;
import lethe.client.permit.HeldPermit;
import lethe.client.tagging.TagAnswer;
import lethe.client.tagging.TagClient;
import lethe.core.identity.PlainIdentifier;
import lethe.core.protocol.Problem;
import lethe.device.DeviceRuntime;
import lethe.device.registration.PermitFile;
import lethe.device.store.PhoneFiles;
import lethe.oprf.PinnedKey;
import lethe.wire.Encoding;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whom a phone asks for the tags of numbers, and whom it believes. */
final class TaggerOptions {
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

    @Mixin
    private TrustOptions trust = new TrustOptions();

    /** What is wrong with them; empty if nothing is. */
    Optional<String> fault() {
        if (PinnedKey.fromText(pinned).isEmpty() || taggers.stream().anyMatch(tagger -> tagger.getHost() == null)) {
            return Optional.of("A tagger is http://HOST:PORT or https://HOST:PORT; a key is VERSION:KEY.");
        }
        return http().isEmpty() ? Optional.of("The file of authorities does not hold certificates.") : Optional.empty();
    }

    /** To ask with; empty if the authorities are none. */
    Optional<HttpClient> http() {
        return trust.http();
    }

    /**
     * The tags of numbers.
     *
     * @param phone the files of the one that asks, under its permit if it has one
     * @throws IOException if the phone's permit cannot be read
     */
    TagAnswer ask(List<PlainIdentifier> numbers, PhoneFiles phone) throws IOException {
        Optional<HeldPermit> permit = PermitFile.read(phone);
        DeviceRuntime runtime = DeviceRuntime.ofThreads(1);
        HttpClient http = http().orElseThrow();
        List<TaggerHttp> asked = taggers.stream()
                .map(tagger -> new TaggerHttp(http, tagger, Encoding.CBOR))
                .toList();
        TagClient client =
                new TagClient(PinnedKey.fromText(pinned).orElseThrow(), asked, runtime.executor(), runtime.random());
        return permit.map(held -> client.showing(held, runtime.clock()))
                .orElse(client)
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
                ? text(refused.problem())
                : ((TagAnswer.Unreachable) answer).why();
    }

    private static String text(Problem problem) {
        String title = problem.type().title();
        Duration wait = problem.retryAfter();
        String when = wait == null ? "" : " Try again in " + Math.max(1, wait.toSeconds()) + " s.";
        return problem.detail() == null ? title + when : title + when + " (" + problem.detail() + ")";
    }
}
