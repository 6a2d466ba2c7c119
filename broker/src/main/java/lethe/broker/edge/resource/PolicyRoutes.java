package lethe.broker.edge.resource;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Route;
import java.util.function.Supplier;
import lethe.core.protocol.Bodies;

/** {@code /v1/policy}: what a subscriber would agree to. Nobody has to sign that request. */
public final class PolicyRoutes {
    private final Supplier<Bodies.PolicyInForce> policy;

    public PolicyRoutes(Supplier<Bodies.PolicyInForce> policy) {
        this.policy = policy;
    }

    public Route routes() {
        return path(
                segment("v1").slash("policy"), () -> get(() -> extractRequest(request -> complete(answer(request)))));
    }

    private HttpResponse answer(HttpRequest request) {
        Bodies.PolicyInForce inForce = policy.get();
        String version = inForce.epoch() + "-" + inForce.textHash().toText();
        return Conditional.answer(
                        request, version, () -> Answers.ok(request, inForce).removeHeader("Cache-Control"))
                .addHeader(RawHeader.create("Vary", "Accept"))
                .addHeader(RawHeader.create("Cache-Control", "no-cache"));
    }
}
