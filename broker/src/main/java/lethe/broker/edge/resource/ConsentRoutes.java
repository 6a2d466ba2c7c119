package lethe.broker.edge.resource;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.delete;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.put;
import static akka.http.javadsl.server.PathMatchers.segment;
import static lethe.broker.edge.resource.SignedRequests.refused;

import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.broker.edge.signature.SignedRequest;
import lethe.broker.limit.Limits;
import lethe.broker.subscriber.SubscriberCommand.DeviceAnswer;
import lethe.broker.subscriber.SubscriberCommand.OptIn;
import lethe.broker.subscriber.SubscriberCommand.OptInAnswer;
import lethe.broker.subscriber.SubscriberCommand.OptOut;
import lethe.broker.subscriber.SubscriberCommand.ShowConsent;
import lethe.core.account.Device;
import lethe.core.account.Pin;
import lethe.core.account.PinProof;
import lethe.core.consent.Consent;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.lookup.ListedTag;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.subscriber.Applicant;
import lethe.wire.Decoded;
import org.jspecify.annotations.Nullable;

/** {@code /v1/self/consent}: opts in, shows what is on file, opts out. */
public final class ConsentRoutes {
    private static final String PATH = "/v1/self/consent";

    private final SignedRequests signed;
    private final SubscriberAsk ask;
    private final Proofs proofs;
    private final Limits limits;

    public ConsentRoutes(SignedRequests signed, SubscriberAsk ask, Proofs proofs, Limits limits) {
        this.signed = signed;
        this.ask = ask;
        this.proofs = proofs;
        this.limits = limits;
    }

    public Route routes() {
        return path(
                segment("v1").slash("self").slash("consent"),
                () -> concat(
                        put(() -> signed.with((received, request) -> optIn(received, request))),
                        get(() -> signed.byOwner(this::show)),
                        delete(() -> signed.byOwner(this::optOut))));
    }

    /** Whether a request asks to opt in: the one that anybody can sign. */
    public static boolean isOptIn(HttpRequest request) {
        return request.method().equals(HttpMethods.PUT)
                && request.getUri().path().equals(PATH);
    }

    private CompletionStage<HttpResponse> optIn(Received received, SignedRequest request) {
        Decoded<Bodies.OptIn> body = received.body(Bodies.OptIn.class);
        if (!(body instanceof Decoded.Good<Bodies.OptIn> good)) {
            Problem problem = ((Decoded.Bad<Bodies.OptIn>) body).problem();
            limits.refused(problem);
            return refused(problem);
        }
        Bodies.OptIn offer = good.value();
        Consent consent = new Consent(
                offer.epoch(), offer.textHash(), offer.scopes(), offer.at(), offer.device(), offer.signature());
        if (!offer.device().equals(request.device())
                || !offer.key().signed(request.base().shared(), request.signature())
                || !consent.isSignedBy(offer.key(), request.tag())) {
            return refused(Problem.of(ProblemType.NOT_AUTHENTIC));
        }
        Device device = new Device(offer.device(), offer.key());
        Proofs.Judgement judgement = proofs.judge(offer.account(), device, request.tag());
        if (!(judgement instanceof Proofs.Judgement.Fit fit)) {
            return refused(((Proofs.Judgement.Refused) judgement).problem());
        }
        Applicant applicant = new Applicant(consent, device, fit.account(), fit.proof(), pin(offer, request.tag()));
        ListedTag entry = ListedTag.of(request.tag());
        long since = HeldAnswers.now();
        return ask.<OptInAnswer>ask(
                        ask.id(request.tag()),
                        replyTo ->
                                new OptIn(applicant, entry, request.nonce(), fit.statement(), fit.without(), replyTo))
                .thenCompose(answer -> {
                    HttpResponse said = answer(received.request(), answer);
                    return answer instanceof OptInAnswer.Refused
                            ? HeldAnswers.hold(said, since)
                            : CompletableFuture.completedFuture(said);
                });
    }

    private static @Nullable PinProof pin(Bodies.OptIn offer, Tag tag) {
        Bodies.AccountClaim claim = offer.account();
        return claim == null || claim.pin() == null
                ? null
                : new PinProof(Opaque.wrap(Pin.statement(tag, claim.key())), claim.pin());
    }

    private CompletionStage<HttpResponse> show(Caller caller) {
        return ask.<OptInAnswer>ask(caller.self(), replyTo -> new ShowConsent(caller.device(), replyTo))
                .thenApply(answer -> answer(caller.request(), answer));
    }

    private CompletionStage<HttpResponse> optOut(Caller caller) {
        return ask.<DeviceAnswer>ask(caller.self(), replyTo -> new OptOut(caller.device(), replyTo))
                .thenApply(Answers::of);
    }

    private static HttpResponse answer(HttpRequest request, OptInAnswer answer) {
        if (answer instanceof OptInAnswer.OnFile onFile) {
            Consent consent = onFile.consent();
            return Answers.ok(
                    request,
                    new Bodies.ConsentOnFile(consent.device(), consent.epoch(), consent.scopes(), consent.at()));
        }
        return Refusals.answer(((OptInAnswer.Refused) answer).problem());
    }
}
