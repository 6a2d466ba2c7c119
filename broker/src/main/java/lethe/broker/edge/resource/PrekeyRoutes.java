package lethe.broker.edge.resource;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.Directives.put;
import static akka.http.javadsl.server.PathMatchers.segment;
import static lethe.broker.edge.resource.SignedRequests.refused;

import akka.actor.typed.ActorRef;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import lethe.broker.limit.Limits;
import lethe.broker.subscriber.PrekeyCommand;
import lethe.broker.subscriber.PrekeyCommand.Answer;
import lethe.broker.subscriber.SubscriberCommand.OfPrekeys;
import lethe.core.identity.DeviceId;
import lethe.core.identity.SubscriberId;
import lethe.core.limit.Limit;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.PrekeyBodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.wire.Decoded;

/** {@code /v1/self/prekeys} and {@code /v1/bundle}: prekeys that a device leaves, and that others get to seal with. */
public final class PrekeyRoutes {
    private final SignedRequests signed;
    private final SubscriberAsk ask;
    private final Limits limits;
    private final BundleLimit limit = new BundleLimit();

    public PrekeyRoutes(SignedRequests signed, SubscriberAsk ask, Limits limits) {
        this.signed = signed;
        this.ask = ask;
        this.limits = limits;
    }

    public Route routes() {
        return concat(
                path(segment("v1").slash("bundle"), () -> post(() -> signed.by(this::bundle))),
                path(
                        segment("v1").slash("self").slash("prekeys"),
                        () -> concat(put(() -> signed.by(this::publish)), get(() -> signed.by(this::count)))));
    }

    private CompletionStage<HttpResponse> publish(Caller caller) {
        Decoded<PrekeyBatch> body = caller.body(PrekeyBatch.class);
        return body instanceof Decoded.Good<PrekeyBatch> good
                ? about(
                        caller,
                        caller.self(),
                        replyTo -> new PrekeyCommand.Publish(caller.device(), good.value(), replyTo))
                : refused(((Decoded.Bad<PrekeyBatch>) body).problem());
    }

    private CompletionStage<HttpResponse> count(Caller caller) {
        return about(caller, caller.self(), replyTo -> new PrekeyCommand.Count(caller.device(), replyTo));
    }

    private CompletionStage<HttpResponse> bundle(Caller caller) {
        SubscriberId owner = caller.recipient();
        if (owner == null) {
            return refused(Problem.of(ProblemType.MALFORMED, "Lethe-To names whose prekeys are wanted"));
        }
        Decoded<PrekeyBodies.BundleRequest> body = caller.body(PrekeyBodies.BundleRequest.class);
        if (!(body instanceof Decoded.Good<PrekeyBodies.BundleRequest> good)) {
            return refused(((Decoded.Bad<PrekeyBodies.BundleRequest>) body).problem());
        }
        DeviceId except = owner.equals(caller.self()) ? caller.device().id() : null;
        long since = HeldAnswers.now();
        boolean oneTime = limit.allows(caller.self(), owner);
        if (!oneTime) {
            limits.refused(Limit.ONE_TIME_PREKEYS);
        }
        List<Integer> suites = good.value().suites();
        return about(caller, owner, replyTo -> new PrekeyCommand.Ask(suites, except, caller.label(), oneTime, replyTo))
                .thenCompose(answer -> answer.status().equals(StatusCodes.NOT_FOUND)
                        ? HeldAnswers.hold(answer, since)
                        : CompletableFuture.completedFuture(answer));
    }

    private CompletionStage<HttpResponse> about(
            Caller caller, SubscriberId owner, Function<ActorRef<Answer>, PrekeyCommand> command) {
        return ask.<Answer>ask(owner, replyTo -> new OfPrekeys(command.apply(replyTo)))
                .thenApply(answer -> answer(caller, answer));
    }

    private static HttpResponse answer(Caller caller, Answer answer) {
        if (answer instanceof Answer.Given given) {
            return Answers.ok(caller.request(), given.bundle());
        }
        return answer instanceof Answer.Left left
                ? Answers.ok(caller.request(), left.left())
                : Refusals.answer(((Answer.Refused) answer).problem());
    }
}
