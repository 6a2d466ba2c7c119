package lethe.client.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CompletionStage;
import lethe.core.protocol.TaggerBodies.Evaluate;
import lethe.core.protocol.TaggerBodies.Evaluation;
import lethe.core.protocol.TaggerBodies.TaggerKeys;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** A tagger's resources. Whether an answer is to be believed is not looked at here. */
public final class TaggerHttp {
    /** Of an answer: a batch of 250 has 12 KiB in JSON. */
    private static final int MOST_BYTES = 1 << 16;

    private final Remote tagger;

    /**
     * For one tagger.
     *
     * @param http whom it trusts to be that tagger is in its TLS context
     * @param tagger scheme, host and port, for example {@code https://127.0.0.1:8090}
     */
    public TaggerHttp(HttpClient http, URI tagger, Encoding encoding) {
        this.tagger = new Remote(http, tagger, encoding, "tagger", MOST_BYTES);
    }

    /** The keys in force. For whoever sets phones up: a phone goes by the key that it has pinned, and asks nobody. */
    public CompletionStage<Answer<TaggerKeys>> keys() {
        return tagger.send(
                tagger.request("/v1/key").GET().build(),
                body -> Payloads.decode(tagger.encoding(), TaggerKeys.class, body));
    }

    /**
     * Has one batch evaluated. Says nothing about this phone but its IP address, and its permit's pseudonym if it has
     * one.
     */
    public CompletionStage<Answer<Evaluation>> evaluate(Evaluate batch) {
        Encoding encoding = tagger.encoding();
        return tagger.send(
                tagger.request("/v1/evaluations")
                        .header("Content-Type", encoding.mediaType())
                        .POST(BodyPublishers.ofByteArray(Payloads.encode(encoding, batch)))
                        .build(),
                body -> Payloads.decode(encoding, Evaluation.class, body));
    }
}
