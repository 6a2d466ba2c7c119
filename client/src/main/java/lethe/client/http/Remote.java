package lethe.client.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import lethe.core.protocol.Problem;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/**
 * Somebody whom a phone asks by HTTP, and how the answers are read.
 *
 * @param address scheme, host and port
 * @param what it is, for the owner: {@code broker}
 * @param bound of an answer's body, in bytes
 */
public record Remote(HttpClient http, URI address, Encoding encoding, String what, int bound) {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    /** The answer to a request that named what the phone has already; it has no body. */
    private static final int NOT_MODIFIED = 304;

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(TIMEOUT)
                .header("Accept", encoding.mediaType() + ", " + encoding.problemMediaType());
    }

    public <T> CompletionStage<Answer<T>> send(HttpRequest request, Function<byte[], Decoded<T>> reading) {
        // The request's own time-out ends with the answer's head.
        return http.sendAsync(request, BoundedBody.of(bound))
                .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(response -> answer(response, reading))
                .exceptionally(failure -> new Answer.Unreachable<>("no " + what + " answers at " + address));
    }

    /** As {@link #send}, for a request that says what the phone has: if that is still all, the answer is that. */
    public <T> CompletionStage<Answer<T>> sendUnlessKnown(
            HttpRequest request, Function<byte[], Decoded<T>> reading, T known) {
        return send(request, body -> body.length == 0 ? new Decoded.Good<>(known) : reading.apply(body));
    }

    private <T> Answer<T> answer(HttpResponse<byte[]> response, Function<byte[], Decoded<T>> reading) {
        if (response.statusCode() / 100 == 2 || response.statusCode() == NOT_MODIFIED) {
            return reading.apply(response.body()) instanceof Decoded.Good<T> good
                    ? new Answer.Good<>(good.value())
                    : notOurs(response);
        }
        return Payloads.decode(problemEncoding(response), Problem.class, response.body())
                        instanceof Decoded.Good<Problem> good
                ? new Answer.Refused<>(good.value())
                : notOurs(response);
    }

    private Encoding problemEncoding(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Content-Type")
                .flatMap(Encoding::ofMediaType)
                .orElse(encoding);
    }

    private <T> Answer<T> notOurs(HttpResponse<byte[]> response) {
        return new Answer.Unreachable<>("what answers at " + address + " with status " + response.statusCode()
                + " is no " + what + " of this version");
    }
}
