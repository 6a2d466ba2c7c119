package lethe.device.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import lethe.client.http.Answer;
import lethe.client.http.Remote;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.PrekeyBodies;
import lethe.core.protocol.ProblemType;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.jspecify.annotations.Nullable;

/** The broker's HTTP resources that a phone uses beside its socket: the policy, its own consent, devices, prekeys. */
public final class BrokerHttp {
    private static final String CONSENT = "/v1/self/consent";
    private static final String DEVICES = "/v1/self/devices";
    private static final String PIN = "/v1/self/pin";
    private static final String TAKEOVER = "/v1/self/takeover";
    private static final String BLOCKS = "/v1/self/blocks";
    private static final String REPORTS = "/v1/reports";
    private static final String PREKEYS = "/v1/self/prekeys";
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
        return ask(CONSENT, "PUT", optIn, answer -> Payloads.decode(encoding, Bodies.ConsentOnFile.class, answer));
    }

    /**
     * The answer comes when everything of this subscriber is gone, and is as good if it was already, or if this device
     * does not belong to it any more.
     */
    public CompletionStage<Answer<Boolean>> optOut() {
        return ask(CONSENT, "DELETE", null, nothing -> new Decoded.Good<>(true)).thenApply(BrokerHttp::orGoneAlready);
    }

    /** The account's list of devices, as the broker has it. */
    public CompletionStage<Answer<Bodies.AccountDevices>> devices() {
        return ask(DEVICES, "GET", null, body -> Payloads.decode(encoding, Bodies.AccountDevices.class, body));
    }

    /** Gives the broker a newer list of devices. */
    public CompletionStage<Answer<Bodies.AccountDevices>> list(Bodies.AccountDevices devices) {
        return ask(DEVICES, "PUT", devices, body -> Payloads.decode(encoding, Bodies.AccountDevices.class, body));
    }

    /** Sets or changes the registration PIN. */
    public CompletionStage<Answer<Boolean>> setPin(Bodies.NewPin pin) {
        return ask(PIN, "PUT", pin, nothing -> new Decoded.Good<>(true));
    }

    /** Refused with {@link ProblemType#NOT_FOUND} if none is set. */
    public CompletionStage<Answer<Boolean>> removePin() {
        return ask(PIN, "DELETE", null, nothing -> new Decoded.Good<>(true));
    }

    /** Who else has proven the number; refused with {@link ProblemType#NOT_FOUND} if nobody has. */
    public CompletionStage<Answer<Bodies.Claimant>> claimant() {
        return ask(TAKEOVER, "GET", null, body -> Payloads.decode(encoding, Bodies.Claimant.class, body));
    }

    /** The other one shall have the address, now. */
    public CompletionStage<Answer<Boolean>> agree(Bodies.Claimant claimant) {
        return ask(TAKEOVER, "PUT", claimant, nothing -> new Decoded.Good<>(true));
    }

    /** The other one shall not have the address, for seven days. */
    public CompletionStage<Answer<Boolean>> dismiss() {
        return ask(TAKEOVER, "DELETE", null, nothing -> new Decoded.Good<>(true));
    }

    /** The broker takes nothing from a sender from now on. */
    public CompletionStage<Answer<Boolean>> block(Tag sender) {
        return ask(BLOCKS, "PUT", sender, null, nothing -> new Decoded.Good<>(true));
    }

    /** The broker takes from a sender again. */
    public CompletionStage<Answer<Boolean>> unblock(Tag sender) {
        return ask(BLOCKS, "DELETE", sender, null, nothing -> new Decoded.Good<>(true));
    }

    /** From how many senders nothing is taken. */
    public CompletionStage<Answer<Bodies.BlockCount>> blocks() {
        return ask(BLOCKS, "GET", null, body -> Payloads.decode(encoding, Bodies.BlockCount.class, body));
    }

    /** A message that this device has received was not wanted. */
    public CompletionStage<Answer<Boolean>> report(Bodies.Report report) {
        return ask(REPORTS, "POST", report, nothing -> new Decoded.Good<>(true));
    }

    /** What this phone's prekeys are at the broker. */
    public CompletionStage<Answer<PrekeyBodies.PrekeysLeft>> prekeys() {
        return ask(PREKEYS, "GET", null, body -> Payloads.decode(encoding, PrekeyBodies.PrekeysLeft.class, body));
    }

    /** Leaves prekeys. */
    public CompletionStage<Answer<PrekeyBodies.PrekeysLeft>> publish(PrekeyBatch batch) {
        return ask(PREKEYS, "PUT", batch, body -> Payloads.decode(encoding, PrekeyBodies.PrekeysLeft.class, body));
    }

    /** Somebody's devices, with a prekey of each; refused with {@link ProblemType#NOT_FOUND} if nobody is there. */
    public CompletionStage<Answer<PrekeyBodies.Bundle>> bundle(Tag to, PrekeyBodies.BundleRequest wanted) {
        return ask(
                "/v1/bundle", "POST", to, wanted, body -> Payloads.decode(encoding, PrekeyBodies.Bundle.class, body));
    }

    private <T> CompletionStage<Answer<T>> ask(
            String path, String method, @Nullable Record content, Function<byte[], Decoded<T>> reading) {
        return ask(path, method, null, content, reading);
    }

    private <T> CompletionStage<Answer<T>> ask(
            String path,
            String method,
            @Nullable Tag to,
            @Nullable Record content,
            Function<byte[], Decoded<T>> reading) {
        byte[] body = content == null ? new byte[0] : Payloads.encode(encoding, content);
        HttpRequest.Builder request = broker.request(path)
                .method(method, content == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (content != null) {
            request.header("Content-Type", encoding.mediaType());
        }
        signer.headers(method, path, to, Opaque.wrap(body)).forEach(request::header);
        return broker.send(request.build(), reading);
    }

    private static Answer<Boolean> orGoneAlready(Answer<Boolean> answer) {
        boolean gone = answer instanceof Answer.Refused<Boolean> refused
                && (refused.problem().type() == ProblemType.NOT_FOUND
                        || refused.problem().type() == ProblemType.NOT_AUTHENTIC
                        || refused.problem().type() == ProblemType.NO_CONSENT);
        return gone ? new Answer.Good<>(true) : answer;
    }
}
