package lethe.device;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import lethe.core.consent.Scope;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** The broker's resources that a phone uses: a policy, and what is always taken: consents, blocks, reports. */
public final class Resources implements Function<ScriptedBroker.Request, ScriptedBroker.Response> {
    public static final String TEXT = "Lethe carries your messages and forgets them.";
    public static final long EPOCH = 3;

    @Override
    public ScriptedBroker.Response apply(ScriptedBroker.Request request) {
        Encoding encoding = Encoding.ofMediaType(
                        request.headers().getOrDefault("accept", "").split(",", -1)[0])
                .orElse(Encoding.JSON);
        if (request.path().equals("/v1/policy")) {
            return ok(encoding, Payloads.encode(encoding, policy()));
        }
        if (request.path().equals("/v1/self/consent") && request.method().equals("PUT")) {
            return consented(encoding, request);
        }
        if (request.path().equals("/v1/self/consent") && request.method().equals("DELETE")) {
            return new ScriptedBroker.Response(204, encoding.mediaType(), Opaque.empty());
        }
        if (request.path().equals("/v1/self/blocks") && request.method().equals("GET")) {
            return ok(encoding, Payloads.encode(encoding, new Bodies.BlockCount(1, 1_000)));
        }
        if (List.of("/v1/self/pin", "/v1/self/blocks", "/v1/reports").contains(request.path())) {
            return new ScriptedBroker.Response(204, encoding.mediaType(), Opaque.empty());
        }
        Problem problem = Problem.of(ProblemType.NOT_FOUND).withRetryAfter(Duration.ofSeconds(1));
        return new ScriptedBroker.Response(
                404, encoding.problemMediaType(), Opaque.wrap(Payloads.encode(encoding, problem)));
    }

    private static ScriptedBroker.Response consented(Encoding encoding, ScriptedBroker.Request request) {
        Decoded<Bodies.OptIn> read =
                Payloads.decode(encoding, Bodies.OptIn.class, request.body().shared());
        Bodies.OptIn optIn = ((Decoded.Good<Bodies.OptIn>) read).value();
        Set<Scope> scopes = optIn.scopes();
        return ok(
                encoding,
                Payloads.encode(encoding, new Bodies.ConsentOnFile(optIn.device(), EPOCH, scopes, optIn.at())));
    }

    static Bodies.PolicyInForce policy() {
        return new Bodies.PolicyInForce(EPOCH, hash(TEXT), TEXT, null, null);
    }

    private static Opaque hash(String text) {
        try {
            return Opaque.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static ScriptedBroker.Response ok(Encoding encoding, byte[] body) {
        return new ScriptedBroker.Response(200, encoding.mediaType(), Opaque.wrap(body));
    }
}
