package lethe.broker.sms;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import lethe.core.identity.Opaque;
import lethe.wire.Encoding;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 to one gateway, and nowhere else: by no proxy, to where no answer sends it. */
final class GatewayHttp {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient http;
    private final GatewaySettings settings;

    GatewayHttp(GatewaySettings settings, Executor executor) {
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(shorter(CONNECT, settings.answerWithin()))
                .executor(executor);
        if (settings.isSecure()) {
            builder.sslContext(GatewayTls.of(settings)).sslParameters(GatewayTls.parameters());
        }
        this.http = builder.build();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(settings.url().resolve(target))
                .header("Content-Type", Encoding.CBOR.mediaType())
                .header("Accept", Encoding.CBOR.mediaType() + ", " + Encoding.JSON.problemMediaType());
    }

    /**
     * Sends a request.
     *
     * @param bound of the answer's body, in bytes
     * @param within for all of it, from the connection to the answer's last byte
     * @return never fails
     */
    CompletionStage<GatewayReply> send(HttpRequest.Builder request, int bound, Duration within) {
        CompletableFuture<HttpResponse<Opaque>> sent = http.sendAsync(request.build(), head -> new BoundedBody(bound));
        CompletableFuture<HttpResponse<Opaque>> inTime = new CompletableFuture<>();
        var unused = sent.whenComplete((answer, failure) -> {
            if (failure == null) {
                inTime.complete(answer);
            } else {
                inTime.completeExceptionally(failure);
            }
        });
        return inTime.orTimeout(within.toMillis(), TimeUnit.MILLISECONDS).handle((answer, failure) -> {
            if (answer != null) {
                return reply(answer);
            }
            // What is late is not waited for: its connection goes with it.
            sent.cancel(true);
            return isCertainlyNotSent(failure) ? new GatewayReply.NotSent() : new GatewayReply.NoAnswer();
        });
    }

    private static GatewayReply reply(HttpResponse<Opaque> answer) {
        return new GatewayReply.Answer(
                answer.statusCode(),
                answer.headers().firstValue("Content-Type").flatMap(Encoding::ofMediaType),
                answer.headers().firstValue("Retry-After").flatMap(GatewayHttp::seconds),
                answer.body());
    }

    private static Optional<Duration> seconds(String retryAfter) {
        return retryAfter.matches("[0-9]{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)))
                : Optional.empty();
    }

    /**
     * A gateway that refuses a certificate has not heard the request either, which TLS 1.3 may send before it knows.
     */
    private static boolean isCertainlyNotSent(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof SSLHandshakeException;
    }
}
