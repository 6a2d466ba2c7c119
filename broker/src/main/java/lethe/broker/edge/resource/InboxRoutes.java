package lethe.broker.edge.resource;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.PathMatchers.segment;
import static lethe.broker.edge.resource.SignedRequests.refused;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Route;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import lethe.broker.subscriber.SubscriberCommand.AcknowledgeIds;
import lethe.broker.subscriber.SubscriberCommand.DeviceAnswer;
import lethe.broker.subscriber.SubscriberCommand.Poll;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.queue.Envelope;
import lethe.wire.Decoded;

/** {@code /v1/inbox}: takes messages without a socket, by asking for them, at once or when there are some. */
public final class InboxRoutes {
    private static final int USUAL = 32;
    private static final int LIMIT = 1000;

    /** More at once would make an answer of many megabytes; {@code drained} tells the phone to ask again. */
    private static final int MOST = 100;

    private final SignedRequests signed;
    private final SubscriberAsk ask;
    private final Duration longestPoll;
    private final Clock clock;

    public InboxRoutes(SignedRequests signed, SubscriberAsk ask, Duration longestPoll, Clock clock) {
        this.signed = signed;
        this.ask = ask;
        this.longestPoll = longestPoll;
        this.clock = clock;
    }

    public Route routes() {
        return concat(
                path(segment("v1").slash("inbox"), () -> get(() -> signed.by(this::poll))),
                path(segment("v1").slash("inbox").slash("acks"), () -> post(() -> signed.by(this::acknowledge))));
    }

    private CompletionStage<HttpResponse> poll(Caller caller) {
        int most = caller.request()
                .getUri()
                .query()
                .get("limit")
                .map(InboxRoutes::number)
                .orElse(USUAL);
        if (most < 1 || most > LIMIT) {
            return refused(Problem.of(ProblemType.MALFORMED, "'limit' is a number from 1")
                    .withLimit(LIMIT));
        }
        Duration wait = Preference.wait(caller.request(), longestPoll);
        Instant until = clock.instant().plus(wait);
        return ask.<DeviceAnswer>ask(
                        caller.self(), replyTo -> new Poll(caller.device(), Math.min(most, MOST), until, replyTo), wait)
                .thenApply(answer -> answer instanceof DeviceAnswer.Polled polled
                        ? answer(caller.request(), polled, wait)
                        : Answers.of(answer));
    }

    private HttpResponse answer(HttpRequest request, DeviceAnswer.Polled polled, Duration waited) {
        Instant now = clock.instant();
        var messages = polled.envelopes().stream()
                .map(envelope -> incoming(envelope, now))
                .toList();
        HttpResponse answer = Answers.ok(request, new Bodies.Inbox(messages, polled.drained()));
        return waited.isZero()
                ? answer
                : answer.addHeader(RawHeader.create("Preference-Applied", "wait=" + waited.toSeconds()));
    }

    private static Bodies.Incoming incoming(Envelope envelope, Instant now) {
        Duration left = Duration.between(now, envelope.expires());
        return new Bodies.Incoming(
                envelope.id(), left.isNegative() ? Duration.ZERO : left, envelope.urgency(), envelope.body());
    }

    private CompletionStage<HttpResponse> acknowledge(Caller caller) {
        Decoded<Bodies.Ids> body = caller.body(Bodies.Ids.class);
        if (!(body instanceof Decoded.Good<Bodies.Ids> good)) {
            return refused(((Decoded.Bad<Bodies.Ids>) body).problem());
        }
        return ask.<DeviceAnswer>ask(
                        caller.self(),
                        replyTo ->
                                new AcknowledgeIds(caller.device(), good.value().ids(), replyTo))
                .thenApply(Answers::of);
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    }
}
