package lethe.broker.edge;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.Accept;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.settings.ServerSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import lethe.broker.edge.resource.PolicyDesk;
import lethe.broker.edge.resource.Rejections;
import lethe.broker.limit.Limits;
import lethe.core.consent.SignedPolicy;

/**
 * The operators' port, on loopback unless set otherwise: {@code /livez} says whether the process should be left
 * running, {@code /readyz} whether phones should be sent to it, {@code /retention} what the last audit counted of what
 * is stored, {@code /metrics} what there is to watch, for Prometheus; {@code /policy} takes a policy that the operator
 * has signed.
 */
public final class AdminEdge {
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(1);

    private final ServerBinding binding;

    private AdminEdge(ServerBinding binding) {
        this.binding = binding;
    }

    /** Binds. */
    public static CompletionStage<AdminEdge> start(
            ActorSystem<?> system, EdgeSettings settings, OperatorPages pages, OperatorPolicy policy) {
        PolicyDesk desk = new PolicyDesk(
                system, settings.resources().withBodyBound(SignedPolicy.MOST_BYTES), policy.inForce(), policy.raise());
        Route routes = concat(
                desk.routes(),
                path("livez", () -> get(() -> complete(status(true)))),
                path(
                        "readyz",
                        () -> get(() -> completeWithFuture(pages.ready().get().thenApply(AdminEdge::status)))),
                path(
                        "retention",
                        () -> get(() -> complete(report(pages.retention().get())))),
                path("limits", () -> get(() -> extractRequest(request -> complete(limits(request, pages.limits()))))),
                path(
                        "metrics",
                        () -> get(() ->
                                extractRequest(request -> complete(MetricsPage.answer(request, pages.metrics()))))));
        return Http.get(system)
                .newServerAt(settings.adminHost(), settings.adminPort())
                .withSettings(idleWithin(ServerOptions.of(system)))
                .bind(routes.seal(Rejections.handler(), Rejections.defects()))
                .thenApply(AdminEdge::new);
    }

    public InetSocketAddress address() {
        return binding.localAddress();
    }

    /** Answers what is under way, then closes. */
    public CompletionStage<?> close() {
        return binding.terminate(CLOSED_WITHIN);
    }

    /** No guard stands before this port, so Akka HTTP's own time-out does. */
    private static ServerSettings idleWithin(ServerSettings options) {
        return options.withTimeouts(
                options.getTimeouts().withIdleTimeout(scala.concurrent.duration.Duration.create(30, TimeUnit.SECONDS)));
    }

    private static HttpResponse report(Optional<String> json) {
        return json.map(text ->
                        HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, text)))
                .orElseGet(() -> HttpResponse.create().withStatus(503).withEntity("not audited here yet\n"));
    }

    /** For people, unless it is asked for as JSON. */
    private static HttpResponse limits(HttpRequest request, Limits limits) {
        boolean json = request.getHeader(Accept.class)
                .filter(accept -> StreamSupport.stream(accept.getMediaRanges().spliterator(), false)
                        .anyMatch(range ->
                                !range.matches(MediaTypes.TEXT_PLAIN) && range.matches(MediaTypes.APPLICATION_JSON)))
                .isPresent();
        return HttpResponse.create()
                .withEntity(
                        json
                                ? HttpEntities.create(ContentTypes.APPLICATION_JSON, limits.toJson())
                                : HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, limits.toTable()));
    }

    private static HttpResponse status(boolean good) {
        return HttpResponse.create().withStatus(good ? 200 : 503).withEntity(good ? "ok\n" : "not ready\n");
    }
}
