package lethe.broker.edge;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.settings.ServerSettings;
import akka.japi.function.Function;
import akka.util.ByteString;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.broker.edge.connection.AddressKey;
import lethe.broker.edge.connection.Listener;
import lethe.broker.edge.connection.Rates;
import lethe.broker.edge.resource.Refusals;
import lethe.broker.edge.resource.Rejections;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** The port that phones connect to, with all its resources. */
public final class HttpEdge {
    private final Listener listener;

    private HttpEdge(Listener listener) {
        this.listener = listener;
    }

    /** Binds; the stage completes when phones can connect, and fails if they cannot. */
    public static CompletionStage<HttpEdge> start(ActorSystem<?> system, EdgeSettings settings, Behind behind) {
        ServerSettings http = ServerOptions.of(system);
        Function<HttpRequest, CompletionStage<HttpResponse>> handler = Resources.of(system, settings, behind)
                .seal(Rejections.handler(), Rejections.defects())
                .handler(system);
        Rates<AddressKey> rates = new Rates<>(
                settings.connections().requestsPerSecond(),
                settings.connections().requestBurst());
        return Listener.bind(
                        system,
                        settings.host(),
                        settings.port(),
                        settings.connections(),
                        http,
                        (address, request) -> answer(rates, handler, address, request),
                        tooManyConnections())
                .thenApply(HttpEdge::new);
    }

    public InetSocketAddress address() {
        return listener.address();
    }

    /** How many connections are open, sockets included. */
    public int connections() {
        return listener.open();
    }

    /** Takes no more connections; those that are open go on. */
    public CompletionStage<?> unbind() {
        return listener.unbind();
    }

    /** Cuts the connections that are still open. */
    public void cut() {
        listener.cut();
    }

    private static CompletionStage<HttpResponse> answer(
            Rates<AddressKey> rates,
            Function<HttpRequest, CompletionStage<HttpResponse>> handler,
            AddressKey address,
            HttpRequest request) {
        Optional<Duration> wait = rates.take(address);
        if (wait.isPresent()) {
            Problem problem = Problem.of(ProblemType.TOO_MANY_REQUESTS).withRetryAfter(wait.get());
            return CompletableFuture.completedFuture(Refusals.answer(problem));
        }
        try {
            return handler.apply(request).exceptionally(failure -> Refusals.answer(ProblemType.INTERNAL));
        } catch (Exception e) {
            return CompletableFuture.completedFuture(Refusals.answer(ProblemType.INTERNAL));
        }
    }

    /** Written by hand: such a connection does not get as far as HTTP. */
    private static ByteString tooManyConnections() {
        Problem problem = Problem.of(ProblemType.TOO_MANY_REQUESTS, "too many connections")
                .withRetryAfter(Duration.ofSeconds(10));
        byte[] body = Payloads.encode(Encoding.JSON, problem);
        String head = "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/problem+json\r\nRetry-After: 10\r\n"
                + "Connection: close\r\nContent-Length: " + body.length + "\r\n\r\n";
        return ByteString.fromString(head).concat(ByteString.fromArray(body));
    }
}
