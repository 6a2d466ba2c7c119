package lethe.broker.edge.resource;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.delete;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.Directives.put;
import static akka.http.javadsl.server.PathMatchers.segment;
import static lethe.broker.edge.resource.SignedRequests.refused;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import lethe.broker.subscriber.Outcome;
import lethe.broker.subscriber.SubscriberCommand;
import lethe.broker.subscriber.SubscriberCommand.Deliver;
import lethe.broker.subscriber.SubscriberCommand.Revoke;
import lethe.broker.subscriber.SubscriberCommand.Settle;
import lethe.broker.subscriber.SubscriberCommand.Watch;
import lethe.broker.subscriber.Watcher;
import lethe.core.identity.MessageId;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;
import lethe.core.subscriber.Addressee;
import lethe.core.subscriber.Terms;
import lethe.wire.Decoded;

/** {@code /v1/outbox}: sends, asks after, withdraws and settles messages to the recipient in {@code Lethe-To}. */
public final class OutboxRoutes {
    private final SignedRequests signed;
    private final SubscriberAsk ask;
    private final Terms terms;
    private final Clock clock;

    public OutboxRoutes(SignedRequests signed, SubscriberAsk ask, Terms terms, Clock clock) {
        this.signed = signed;
        this.ask = ask;
        this.terms = terms;
        this.clock = clock;
    }

    public Route routes() {
        return concat(
                path(segment("v1").slash("outbox").slash("settled"), () -> post(() -> signed.by(this::settle))),
                path(
                        segment("v1").slash("outbox").slash(segment()),
                        id -> concat(
                                put(() -> signed.by(caller -> with(id, caller, this::send))),
                                get(() -> signed.by(caller -> with(id, caller, this::show))),
                                delete(() -> signed.by(caller -> with(id, caller, this::revoke))))));
    }

    private interface Action {
        CompletionStage<HttpResponse> on(MessageId id, Caller caller);
    }

    private static CompletionStage<HttpResponse> with(String text, Caller caller, Action action) {
        Optional<MessageId> id = id(text);
        if (id.isEmpty()) {
            return refused(Problem.of(ProblemType.MALFORMED, "a message id is the base64url text of 16 bytes"));
        }
        return caller.recipient() == null ? noRecipient() : action.on(id.get(), caller);
    }

    private CompletionStage<HttpResponse> send(MessageId id, Caller caller) {
        Decoded<Bodies.Outgoing> body = caller.body(Bodies.Outgoing.class);
        if (!(body instanceof Decoded.Good<Bodies.Outgoing> good)) {
            return refused(((Decoded.Bad<Bodies.Outgoing>) body).problem());
        }
        Bodies.Outgoing message = good.value();
        Terms.Offer offer = terms.judge(
                id,
                message.body(),
                message.ttl(),
                message.urgency(),
                message.deadline(),
                message.fallback(),
                message.capsule(),
                clock.instant());
        if (!(offer instanceof Terms.Offer.Acceptable acceptable)) {
            return refused(((Terms.Offer.Unacceptable) offer).problem());
        }
        return outcome(
                caller,
                replyTo -> new Deliver(
                        acceptable.envelope(),
                        Addressee.of(message.device(), message.list()),
                        message.after(),
                        caller.label(),
                        watcher(replyTo)),
                outcome -> answer(caller, outcome));
    }

    private CompletionStage<HttpResponse> show(MessageId id, Caller caller) {
        return outcome(caller, replyTo -> new Watch(List.of(id), watcher(replyTo)), outcome -> answer(caller, outcome));
    }

    private CompletionStage<HttpResponse> revoke(MessageId id, Caller caller) {
        return outcome(caller, replyTo -> new Revoke(id, watcher(replyTo)), outcome -> {
            boolean tooLate =
                    outcome instanceof Outcome.HasEnded ended && ended.receipt().state() != ReceiptState.REVOKED;
            return tooLate ? Refusals.answer(ProblemType.GONE) : answer(caller, outcome);
        });
    }

    private CompletionStage<HttpResponse> settle(Caller caller) {
        Decoded<Bodies.Ids> body = caller.body(Bodies.Ids.class);
        if (!(body instanceof Decoded.Good<Bodies.Ids> good)) {
            return refused(((Decoded.Bad<Bodies.Ids>) body).problem());
        }
        long since = HeldAnswers.now();
        return caller.to()
                .map(recipient -> ask.<Done>ask(
                                recipient, replyTo -> new Settle(good.value().ids(), replyTo, true))
                        .thenCompose(done -> HeldAnswers.hold(Answers.done(), since)))
                .orElseGet(OutboxRoutes::noRecipient);
    }

    /** Who takes nothing and who is not there say no at the same time, and so does who does not know a message. */
    private CompletionStage<HttpResponse> outcome(
            Caller caller,
            Function<ActorRef<Outcome>, SubscriberCommand> command,
            Function<Outcome, HttpResponse> answer) {
        long since = HeldAnswers.now();
        return ask.<Outcome>ask(caller.to().orElseThrow(), command).thenCompose(outcome -> {
            HttpResponse said = answer.apply(outcome);
            return outcome.isDenial() ? HeldAnswers.hold(said, since) : CompletableFuture.completedFuture(said);
        });
    }

    private static Watcher watcher(ActorRef<Outcome> replyTo) {
        return new Watcher(replyTo, null);
    }

    private static HttpResponse answer(Caller caller, Outcome outcome) {
        if (outcome instanceof Outcome.IsRefused refused) {
            return Refusals.answer(refused.problem());
        }
        if (outcome instanceof Outcome.IsHeld held) {
            return Answers.ok(
                    caller.request(),
                    new Bodies.MessageStatus(held.id(), ReceiptState.HELD, null, held.expires(), false, false));
        }
        if (outcome instanceof Outcome.HasEnded ended) {
            return Answers.ok(caller.request(), status(ended.receipt(), ended.settle()));
        }
        return Refusals.answer(ProblemType.NOT_FOUND);
    }

    private static Bodies.MessageStatus status(Receipt receipt, boolean settle) {
        return new Bodies.MessageStatus(receipt.id(), receipt.state(), receipt.at(), null, receipt.fallback(), settle);
    }

    private static CompletionStage<HttpResponse> noRecipient() {
        return refused(Problem.of(ProblemType.MALFORMED, "this resource needs the header Lethe-To"));
    }

    private static Optional<MessageId> id(String text) {
        try {
            return Optional.of(MessageId.fromText(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
