package lethe.broker.edge.resource;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static java.util.concurrent.CompletableFuture.completedFuture;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import lethe.broker.edge.connection.Rates;
import lethe.broker.edge.signature.PlainRequest;
import lethe.broker.edge.signature.SignatureReader;
import lethe.broker.edge.signature.SignatureReading;
import lethe.broker.edge.signature.SignedRequest;
import lethe.broker.limit.Limits;
import lethe.broker.subscriber.SubscriberCommand.Authenticate;
import lethe.broker.subscriber.SubscriberCommand.Authenticity;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.identity.SubscriberId;
import lethe.core.limit.Limit;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.wire.Decoded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets through what a device signed: the edge checks form, freshness and digest, the sender's own subscriber checks key
 * and nonce, and then the device's rate is counted. So nobody can use up another device's rate.
 */
public final class SignedRequests {
    private static final Logger LOG = LoggerFactory.getLogger(SignedRequests.class);

    private final RequestBody body;
    private final SignatureReader reader;
    private final SubscriberAsk ask;
    private final Rates<Phone> rates;
    private final Limits limits;

    public SignedRequests(
            ActorSystem<?> system,
            SignatureReader reader,
            SubscriberAsk ask,
            ResourceSettings settings,
            Limits limits) {
        this.body = new RequestBody(system, settings);
        this.reader = reader;
        this.ask = ask;
        this.limits = limits;
        this.rates = new Rates<>(settings.requestsPerSecond(), settings.requestBurst());
    }

    /** Device ids are not secret, and a stranger may use one under an address of its own. */
    private record Phone(SubscriberId subscriber, DeviceId device) {}

    /** A route that acts for the device that signed the request, if its owner's consent holds. */
    Route by(Function<Caller, CompletionStage<HttpResponse>> action) {
        return with((request, signed) -> authenticated(request, signed, true, action));
    }

    /** A route about the consent itself, which an owner may see and withdraw after the policy has changed. */
    Route byOwner(Function<Caller, CompletionStage<HttpResponse>> action) {
        return with((request, signed) -> authenticated(request, signed, false, action));
    }

    /** A route that acts on a signed request whose key has not been checked. */
    Route with(BiFunction<Received, SignedRequest, CompletionStage<HttpResponse>> action) {
        return extractRequest(request -> completeWithFuture(body.of(request)
                .thenCompose(read -> read(request, read, action))
                .exceptionally(this::refusal)));
    }

    private CompletionStage<HttpResponse> read(
            HttpRequest request,
            Decoded<Opaque> read,
            BiFunction<Received, SignedRequest, CompletionStage<HttpResponse>> action) {
        if (!(read instanceof Decoded.Good<Opaque> good)) {
            return refused(((Decoded.Bad<Opaque>) read).problem());
        }
        SignatureReading reading = reader.read(plain(request, good.value()));
        return reading instanceof SignatureReading.Signed signed
                ? action.apply(new Received(request, good.value()), signed.request())
                : refused(((SignatureReading.Refused) reading).problem());
    }

    private CompletionStage<HttpResponse> authenticated(
            Received received,
            SignedRequest signed,
            boolean needsConsent,
            Function<Caller, CompletionStage<HttpResponse>> action) {
        SubscriberId self = ask.id(signed.tag());
        long since = HeldAnswers.now();
        return ask.<Authenticity>ask(
                        self,
                        replyTo -> new Authenticate(
                                signed.device(), signed.base(), signed.signature(), signed.nonce(), replyTo))
                .thenCompose(authenticity -> {
                    if (!(authenticity instanceof Authenticity.Authentic authentic)) {
                        Problem problem = ((Authenticity.Refused) authenticity).problem();
                        return HeldAnswers.hold(Refusals.answer(problem), since);
                    }
                    if (needsConsent && !authentic.consented()) {
                        return refused(Problem.of(ProblemType.NO_CONSENT));
                    }
                    Optional<Duration> wait = rates.take(new Phone(self, signed.device()));
                    return wait.isPresent()
                            ? refused(limits.refusal(Limit.DEVICE_REQUESTS, wait.get()))
                            : action.apply(new Caller(
                                    received,
                                    self,
                                    authentic.by(),
                                    signed.tag(),
                                    signed.to().map(ask::id).orElse(null)));
                });
    }

    private HttpResponse refusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return Refusals.answer(Problem.of(ProblemType.OVERLOADED).withRetryAfter(Duration.ofSeconds(1)));
        }
        LOG.error("A signed request failed", cause);
        return Refusals.answer(ProblemType.INTERNAL);
    }

    static CompletionStage<HttpResponse> refused(Problem problem) {
        return completedFuture(Refusals.answer(problem));
    }

    private static PlainRequest plain(HttpRequest request, Opaque body) {
        return new PlainRequest(request.method().value(), request.getUri().path(), name -> values(request, name), body);
    }

    private static List<String> values(HttpRequest request, String name) {
        return StreamSupport.stream(request.getHeaders().spliterator(), false)
                .filter(header -> header.lowercaseName().equals(name.toLowerCase(Locale.ROOT)))
                .map(header -> header.value())
                .toList();
    }
}
