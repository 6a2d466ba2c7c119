package lethe.broker.edge.resource;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.delete;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.Directives.put;
import static akka.http.javadsl.server.PathMatchers.segment;
import static lethe.broker.edge.resource.SignedRequests.refused;

import akka.actor.typed.ActorRef;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import lethe.broker.subscriber.SenderCommand;
import lethe.broker.subscriber.SenderCommand.Answer;
import lethe.broker.subscriber.SubscriberCommand.OfSenders;
import lethe.core.block.Blocks;
import lethe.core.identity.SubscriberId;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.wire.Decoded;

/** {@code /v1/self/blocks} and {@code /v1/reports}: senders whose messages are not wanted. */
public final class SenderRoutes {
    private final SignedRequests signed;
    private final SubscriberAsk ask;

    public SenderRoutes(SignedRequests signed, SubscriberAsk ask) {
        this.signed = signed;
        this.ask = ask;
    }

    public Route routes() {
        return concat(
                path(
                        segment("v1").slash("self").slash("blocks"),
                        () -> concat(
                                get(() -> signed.by(caller -> about(caller, SenderCommand.CountBlocks::new))),
                                put(() -> signed.by(caller -> aboutOne(caller, SenderCommand.Block::new))),
                                delete(() -> signed.by(caller -> aboutOne(caller, SenderCommand.Unblock::new))))),
                path(segment("v1").slash("reports"), () -> post(() -> signed.by(this::report))));
    }

    private interface AboutOne {
        SenderCommand command(long sender, ActorRef<Answer> replyTo);
    }

    private CompletionStage<HttpResponse> aboutOne(Caller caller, AboutOne what) {
        return caller.to()
                .map(SubscriberId::label)
                .map(sender -> about(caller, replyTo -> what.command(sender, replyTo)))
                .orElseGet(() -> refused(Problem.of(ProblemType.MALFORMED, "this resource needs the header Lethe-To")));
    }

    private CompletionStage<HttpResponse> report(Caller caller) {
        Decoded<Bodies.Report> body = caller.body(Bodies.Report.class);
        if (!(body instanceof Decoded.Good<Bodies.Report> good)) {
            return refused(((Decoded.Bad<Bodies.Report>) body).problem());
        }
        Bodies.Report report = good.value();
        return about(
                caller, replyTo -> new SenderCommand.Report(caller.label(), report.reason(), report.proof(), replyTo));
    }

    private CompletionStage<HttpResponse> about(Caller caller, Function<ActorRef<Answer>, SenderCommand> command) {
        return ask.<Answer>ask(caller.self(), replyTo -> new OfSenders(caller.device(), command.apply(replyTo)))
                .thenApply(answer -> answer(caller, answer));
    }

    private static HttpResponse answer(Caller caller, Answer answer) {
        if (answer instanceof Answer.Counted counted) {
            return Answers.ok(caller.request(), new Bodies.BlockCount(counted.blocked(), Blocks.MOST));
        }
        return answer instanceof Answer.Refused refused ? Refusals.answer(refused.problem()) : Answers.done();
    }
}
