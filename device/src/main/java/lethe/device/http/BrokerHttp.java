package lethe.device.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** The broker's HTTP resources that a phone uses beside its socket: the policy, and its own consent. */
public final class BrokerHttp {
    private static final String CONSENT = "/v1/self/consent";
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http;
    private final URI broker;
    private final Encoding encoding;
    private final RequestSigner signer;

    /**
     * For one phone and one broker.
     *
     * @param broker scheme, host and port, for example {@code http://127.0.0.1:8080}
     */
    public BrokerHttp(HttpClient http, URI broker, Encoding encoding, RequestSigner signer) {
        this.http = http;
        this.broker = broker;
        this.encoding = encoding;
        this.signer = signer;
    }

    /** The policy in force. Says nothing about this phone but its IP address. */
    public CompletionStage<Answer<Bodies.PolicyInForce>> policy() {
        HttpRequest request = request("/v1/policy").GET().build();
        return send(request, body -> Payloads.decode(encoding, Bodies.PolicyInForce.class, body));
    }

    public CompletionStage<Answer<Bodies.ConsentOnFile>> optIn(Bodies.OptIn optIn) {
        Opaque body = Opaque.wrap(Payloads.encode(encoding, optIn));
        HttpRequest.Builder request = request(CONSENT)
                .header("Content-Type", encoding.mediaType())
                .PUT(BodyPublishers.ofByteArray(body.shared()));
        sign(request, "PUT", body);
        return send(request.build(), answer -> Payloads.decode(encoding, Bodies.ConsentOnFile.class, answer));
    }

    /** The answer comes when everything of this subscriber is gone, and is as good if it was already. */
    public CompletionStage<Answer<Boolean>> optOut() {
        HttpRequest.Builder request = request(CONSENT).DELETE();
        sign(request, "DELETE", Opaque.empty());
        return send(request.build(), nothing -> new Decoded.Good<>(true)).thenApply(BrokerHttp::orGoneAlready);
    }

    private static Answer<Boolean> orGoneAlready(Answer<Boolean> answer) {
        boolean gone = answer instanceof Answer.Refused<Boolean> refused
                && (refused.problem().type() == ProblemType.NOT_FOUND
                        || refused.problem().type() == ProblemType.NO_CONSENT);
        return gone ? new Answer.Good<>(true) : answer;
    }

    private void sign(HttpRequest.Builder request, String method, Opaque body) {
        signer.headers(method, CONSENT, null, body).forEach(request::header);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(broker.resolve(path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(TIMEOUT)
                .header("Accept", encoding.mediaType() + ", " + encoding.problemMediaType());
    }

    private <T> CompletionStage<Answer<T>> send(HttpRequest request, Function<byte[], Decoded<T>> reading) {
        return http.sendAsync(request, BodyHandlers.ofByteArray())
                .thenApply(response -> answer(response, reading))
                .exceptionally(failure -> new Answer.Unreachable<>("no broker answers at " + broker));
    }

    private <T> Answer<T> answer(HttpResponse<byte[]> response, Function<byte[], Decoded<T>> reading) {
        if (response.statusCode() / 100 == 2) {
            return reading.apply(response.body()) instanceof Decoded.Good<T> good
                    ? new Answer.Good<>(good.value())
                    : notOurs(response);
        }
        return Payloads.decode(problemEncoding(response), Problem.class, response.body())
                        instanceof Decoded.Good<Problem> good
                ? new Answer.Refused<>(good.value())
                : notOurs(response);
    }

    private Encoding problemEncoding(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Content-Type")
                .flatMap(Encoding::ofMediaType)
                .orElse(encoding);
    }

    private <T> Answer<T> notOurs(HttpResponse<byte[]> response) {
        return new Answer.Unreachable<>("what answers at " + broker + " with status " + response.statusCode()
                + " is no broker of this version");
    }
}
