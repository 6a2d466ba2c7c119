package lethe.device.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CompletionStage;
import lethe.client.http.Answer;
import lethe.client.http.Remote;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ProblemType;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** The broker's HTTP resources that a phone uses beside its socket: the policy, and its own consent. */
public final class BrokerHttp {
    private static final String CONSENT = "/v1/self/consent";
    /** Of an answer: the longest is a policy with its text. */
    private static final int MOST_BYTES = 1 << 20;

    private final Remote broker;
    private final Encoding encoding;
    private final RequestSigner signer;

    /**
     * For one phone and one broker.
     *
     * @param broker scheme, host and port, for example {@code http://127.0.0.1:8080}
     */
    public BrokerHttp(HttpClient http, URI broker, Encoding encoding, RequestSigner signer) {
        this.broker = new Remote(http, broker, encoding, "broker", MOST_BYTES);
        this.encoding = encoding;
        this.signer = signer;
    }

    /** The policy in force. Says nothing about this phone but its IP address. */
    public CompletionStage<Answer<Bodies.PolicyInForce>> policy() {
        HttpRequest request = broker.request("/v1/policy").GET().build();
        return broker.send(request, body -> Payloads.decode(encoding, Bodies.PolicyInForce.class, body));
    }

    public CompletionStage<Answer<Bodies.ConsentOnFile>> optIn(Bodies.OptIn optIn) {
        Opaque body = Opaque.wrap(Payloads.encode(encoding, optIn));
        HttpRequest.Builder request = broker.request(CONSENT)
                .header("Content-Type", encoding.mediaType())
                .PUT(BodyPublishers.ofByteArray(body.shared()));
        sign(request, "PUT", body);
        return broker.send(request.build(), answer -> Payloads.decode(encoding, Bodies.ConsentOnFile.class, answer));
    }

    /** The answer comes when everything of this subscriber is gone, and is as good if it was already. */
    public CompletionStage<Answer<Boolean>> optOut() {
        HttpRequest.Builder request = broker.request(CONSENT).DELETE();
        sign(request, "DELETE", Opaque.empty());
        return broker.send(request.build(), nothing -> new Decoded.Good<>(true)).thenApply(BrokerHttp::orGoneAlready);
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
}
