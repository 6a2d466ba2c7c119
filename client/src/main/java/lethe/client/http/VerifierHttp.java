package lethe.client.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CompletionStage;
import lethe.core.identity.SessionId;
import lethe.core.protocol.VerifierBodies.OpenSession;
import lethe.core.protocol.VerifierBodies.Proven;
import lethe.core.protocol.VerifierBodies.Registration;
import lethe.core.protocol.VerifierBodies.SubmitCode;
import lethe.core.protocol.VerifierBodies.VerifierKeys;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** A verifier's resources. Whether a statement is to be believed is not looked at here. */
public final class VerifierHttp {
    private static final String SESSIONS = "/v1/sessions";
    private static final int MOST_BYTES = 1 << 14;

    private final Remote verifier;

    /**
     * For one verifier.
     *
     * @param http whom it trusts to be that verifier is in its TLS context
     * @param verifier scheme, host and port, for example {@code https://127.0.0.1:8091}
     */
    public VerifierHttp(HttpClient http, URI verifier, Encoding encoding) {
        this.verifier = new Remote(http, verifier, encoding, "verifier", MOST_BYTES);
    }

    /** The keys in force. For whoever sets phones up: a phone goes by the keys that it has pinned, and asks nobody. */
    public CompletionStage<Answer<VerifierKeys>> keys() {
        return verifier.send(
                verifier.request("/v1/key").GET().build(),
                body -> Payloads.decode(verifier.encoding(), VerifierKeys.class, body));
    }

    /** Opens a session. */
    public CompletionStage<Answer<Registration>> open(OpenSession sealed) {
        return registration("POST", SESSIONS, body(sealed));
    }

    /** How far it has come. */
    public CompletionStage<Answer<Registration>> state(SessionId id) {
        return registration("GET", SESSIONS + "/" + id.toText(), BodyPublishers.noBody());
    }

    /** Has the code sent. */
    public CompletionStage<Answer<Registration>> requestCode(SessionId id) {
        return registration("POST", code(id), BodyPublishers.noBody());
    }

    /** Submits the code. */
    public CompletionStage<Answer<Proven>> submit(SessionId id, String code) {
        return verifier.send(
                verifier.request(code(id))
                        .header("Content-Type", verifier.encoding().mediaType())
                        .method("PUT", body(new SubmitCode(code)))
                        .build(),
                body -> Payloads.decode(verifier.encoding(), Proven.class, body));
    }

    /** Asks for the statement, when the text has come. */
    public CompletionStage<Answer<Proven>> claim(SessionId id) {
        return verifier.send(
                verifier.request(SESSIONS + "/" + id.toText() + "/statement")
                        .POST(BodyPublishers.noBody())
                        .build(),
                body -> Payloads.decode(verifier.encoding(), Proven.class, body));
    }

    private CompletionStage<Answer<Registration>> registration(String method, String path, BodyPublisher body) {
        return verifier.send(
                verifier.request(path)
                        .header("Content-Type", verifier.encoding().mediaType())
                        .method(method, body)
                        .build(),
                answer -> Payloads.decode(verifier.encoding(), Registration.class, answer));
    }

    private BodyPublisher body(Record body) {
        return BodyPublishers.ofByteArray(Payloads.encode(verifier.encoding(), body));
    }

    private static String code(SessionId id) {
        return SESSIONS + "/" + id.toText() + "/code";
    }
}
