package lethe.device.tagging;

import java.net.http.HttpClient;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import lethe.client.http.TaggerHttp;
import lethe.core.identity.Opaque;
import lethe.core.protocol.TaggerBodies.Evaluate;
import lethe.core.protocol.TaggerBodies.Evaluation;
import lethe.device.ScriptedBroker;
import lethe.oprf.Element;
import lethe.oprf.Evaluated;
import lethe.oprf.SecretKey;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** A tagger on a real socket that a test can make dishonest. */
public final class HandMadeTagger implements AutoCloseable {
    public final ScriptedBroker server;

    /** What it does to its answers. */
    volatile UnaryOperator<Evaluation> dishonesty = UnaryOperator.identity();

    private final SecretKey key;
    private final Random random = new Random(1);

    public HandMadeTagger(SecretKey key) {
        this.key = key;
        this.server = new ScriptedBroker(this::answer);
    }

    TaggerHttp asked(HttpClient http, Encoding encoding) {
        return new TaggerHttp(http, server.uri(), encoding);
    }

    /** What it was shown, batch after batch. */
    public List<Evaluate> shown() {
        synchronized (server) {
            return server.requests.stream().map(HandMadeTagger::read).toList();
        }
    }

    private ScriptedBroker.Response answer(ScriptedBroker.Request request) {
        Evaluation evaluation = dishonesty.apply(evaluation(read(request)));
        Encoding encoding = encoding(request);
        return new ScriptedBroker.Response(
                200, encoding.mediaType(), Opaque.wrap(Payloads.encode(encoding, evaluation)));
    }

    Evaluation evaluation(Evaluate request) {
        Evaluated evaluated = key.evaluate(Element.decodeAll(request.blinded()).orElseThrow(), random);
        return new Evaluation(
                request.version(),
                key.publicKey().element().bytes(),
                evaluated.elements().stream().map(Element::bytes).toList(),
                evaluated.proof().bytes());
    }

    private static Evaluate read(ScriptedBroker.Request request) {
        return ((Decoded.Good<Evaluate>) Payloads.decode(
                        encoding(request), Evaluate.class, request.body().shared()))
                .value();
    }

    private static Encoding encoding(ScriptedBroker.Request request) {
        return Encoding.ofMediaType(request.headers().getOrDefault("content-type", ""))
                .orElseThrow();
    }

    @Override
    public void close() {
        server.close();
    }
}
