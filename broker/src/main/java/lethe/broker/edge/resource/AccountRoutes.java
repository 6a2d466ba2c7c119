package lethe.broker.edge.resource;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.delete;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.put;
import static akka.http.javadsl.server.PathMatchers.segment;
import static lethe.broker.edge.resource.SignedRequests.refused;

import akka.actor.typed.ActorRef;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import lethe.broker.limit.Limits;
import lethe.broker.subscriber.AccountCommand;
import lethe.broker.subscriber.AccountCommand.Answer;
import lethe.broker.subscriber.SubscriberCommand.OfAccount;
import lethe.core.account.Account;
import lethe.core.account.Takeover;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.wire.Decoded;

/**
 * {@code /v1/self/devices}, {@code /v1/self/pin}, {@code /v1/self/takeover} and {@code /v1/self/export}: an account's
 * devices, its registration PIN, who else claims its address, and all that is known of it.
 */
public final class AccountRoutes {
    private final SignedRequests signed;
    private final SubscriberAsk ask;
    private final SignedAnswers answers;
    private final Limits limits;

    public AccountRoutes(SignedRequests signed, SubscriberAsk ask, SignedAnswers answers, Limits limits) {
        this.signed = signed;
        this.ask = ask;
        this.answers = answers;
        this.limits = limits;
    }

    public Route routes() {
        return concat(
                path(
                        segment("v1").slash("self").slash("export"),
                        () -> get(() -> signed.byOwner(caller -> about(caller, AccountCommand.Export::new)))),
                path(
                        segment("v1").slash("self").slash("devices"),
                        () -> concat(
                                get(() -> signed.byOwner(caller -> about(caller, AccountCommand.ShowDevices::new))),
                                put(() -> signed.byOwner(this::list)))),
                path(
                        segment("v1").slash("self").slash("pin"),
                        () -> concat(
                                get(() -> signed.byOwner(caller -> about(caller, AccountCommand.ShowPin::new))),
                                put(() -> signed.byOwner(this::setPin)),
                                delete(() -> signed.byOwner(caller ->
                                        about(caller, replyTo -> new AccountCommand.KeepPin(null, replyTo)))))),
                path(
                        segment("v1").slash("self").slash("takeover"),
                        () -> concat(
                                get(() -> signed.byOwner(caller -> about(caller, AccountCommand.ShowTakeover::new))),
                                put(() -> signed.byOwner(this::agree)),
                                delete(() -> signed.byOwner(caller -> about(caller, AccountCommand.Dismiss::new))))));
    }

    private CompletionStage<HttpResponse> list(Caller caller) {
        Decoded<Bodies.AccountDevices> body = caller.body(Bodies.AccountDevices.class);
        if (!(body instanceof Decoded.Good<Bodies.AccountDevices> good)) {
            Problem problem = ((Decoded.Bad<Bodies.AccountDevices>) body).problem();
            limits.refused(problem);
            return refused(problem);
        }
        Bodies.AccountDevices offered = good.value();
        if (!offered.list().isSignedBy(offered.account(), caller.tag())) {
            return refused(
                    Problem.of(ProblemType.NOT_AUTHENTIC, "The account's key did not sign the list of devices."));
        }
        return about(caller, replyTo -> new AccountCommand.ListDevices(offered.account(), offered.list(), replyTo));
    }

    private CompletionStage<HttpResponse> setPin(Caller caller) {
        Decoded<Bodies.NewPin> body = caller.body(Bodies.NewPin.class);
        return body instanceof Decoded.Good<Bodies.NewPin> good
                ? about(
                        caller,
                        replyTo -> new AccountCommand.KeepPin(good.value().key(), replyTo))
                : refused(((Decoded.Bad<Bodies.NewPin>) body).problem());
    }

    private CompletionStage<HttpResponse> agree(Caller caller) {
        Decoded<Bodies.Claimant> body = caller.body(Bodies.Claimant.class);
        return body instanceof Decoded.Good<Bodies.Claimant> good
                ? about(caller, replyTo -> new AccountCommand.Agree(good.value().account(), replyTo))
                : refused(((Decoded.Bad<Bodies.Claimant>) body).problem());
    }

    private CompletionStage<HttpResponse> about(Caller caller, Function<ActorRef<Answer>, AccountCommand> command) {
        return ask.<Answer>ask(caller.self(), replyTo -> new OfAccount(caller.device(), command.apply(replyTo)))
                .thenApply(answer -> answer(caller, answer));
    }

    private HttpResponse answer(Caller caller, Answer answer) {
        if (answer instanceof Answer.OfAccount of) {
            Account account = of.account();
            return Answers.ok(caller.request(), new Bodies.AccountDevices(account.key(), account.list()));
        }
        if (answer instanceof Answer.Contested contested) {
            Takeover takeover = contested.takeover();
            return Answers.ok(
                    caller.request(), new Bodies.Claimant(takeover.account().key(), takeover.ends()));
        }
        if (answer instanceof Answer.OfPin of) {
            return Answers.ok(caller.request(), new Bodies.PinOnFile(of.pin().left()));
        }
        if (answer instanceof Answer.Exported exported) {
            return answers.ok(caller.request(), exported.export());
        }
        return answer instanceof Answer.Refused refused ? Refusals.answer(refused.problem()) : Answers.done();
    }
}
