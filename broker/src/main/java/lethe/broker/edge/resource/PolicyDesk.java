package lethe.broker.edge.resource;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.put;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.wire.Decoded;

/**
 * {@code /policy} on the operators' port: shows the policy in force, and takes a later one. What makes it one is its
 * signature, not who brings it.
 */
public final class PolicyDesk {
    private final RequestBody body;
    private final Supplier<Bodies.PolicyInForce> inForce;
    private final Function<Bodies.PolicyInForce, CompletionStage<Optional<Problem>>> raise;

    /**
     * For one node.
     *
     * @param settings bound a request's body and its time
     * @param raise completes with what is wrong, or empty once it is in force
     */
    public PolicyDesk(
            ActorSystem<?> system,
            ResourceSettings settings,
            Supplier<Bodies.PolicyInForce> inForce,
            Function<Bodies.PolicyInForce, CompletionStage<Optional<Problem>>> raise) {
        this.body = new RequestBody(system, settings);
        this.inForce = inForce;
        this.raise = raise;
    }

    public Route routes() {
        return path(
                "policy",
                () -> concat(
                        get(() -> extractRequest(request -> complete(Answers.ok(request, inForce.get())))),
                        put(() -> extractRequest(request -> completeWithFuture(take(request))))));
    }

    private CompletionStage<HttpResponse> take(HttpRequest request) {
        return body.of(request)
                .thenCompose(read -> read instanceof Decoded.Good<Opaque> good
                        ? take(new Received(request, good.value()).body(Bodies.PolicyInForce.class))
                        : refused(((Decoded.Bad<Opaque>) read).problem()));
    }

    private CompletionStage<HttpResponse> take(Decoded<Bodies.PolicyInForce> offered) {
        return offered instanceof Decoded.Good<Bodies.PolicyInForce> good
                ? raise.apply(good.value())
                        .thenApply(problem -> problem.map(Refusals::answer).orElseGet(Answers::done))
                : refused(((Decoded.Bad<Bodies.PolicyInForce>) offered).problem());
    }

    private static CompletionStage<HttpResponse> refused(Problem problem) {
        return CompletableFuture.completedFuture(Refusals.answer(problem));
    }
}
