package lethe.device.registration;

import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import lethe.client.http.VerifierHttp;
import lethe.client.sealing.OpeningKey;
import lethe.client.sealing.PinnedVerifier;
import lethe.client.sealing.SessionRequest;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.core.identity.Tag;
import lethe.core.ownership.Ownership;
import lethe.core.permit.Permit;
import lethe.core.protocol.Alternative;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.VerifierBodies.OpenSession;
import lethe.core.protocol.VerifierBodies.Proven;
import lethe.core.protocol.VerifierBodies.Registration;
import lethe.core.protocol.VerifierBodies.SubmitCode;
import lethe.core.protocol.VerifierBodies.TextToSend;
import lethe.device.ScriptedBroker;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** A verifier on a real socket that a test can make dishonest. Its code is 012345, its tag all zeros. */
public final class HandMadeVerifier implements AutoCloseable {
    public static final String CODE = "012345";
    public static final Tag TAG = new Tag(Opaque.wrap(new byte[Tag.LENGTH]));

    public final ScriptedBroker server = new ScriptedBroker(this::answer);

    /** What was sealed to it. */
    public final List<SessionRequest> opened = new ArrayList<>();

    /** What it does to its statements. */
    volatile UnaryOperator<Ownership> dishonesty = UnaryOperator.identity();

    /** What it does to its permits. */
    volatile UnaryOperator<Permit> permitDishonesty = UnaryOperator.identity();

    /** What its statements are good for. */
    volatile Instant expires = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 600);

    /** Whether it takes texts, and has one when it is asked after it. */
    public volatile boolean texts;

    private final OpeningKey opening = OpeningKey.draw(new Random(1));
    private final KeyPair signing = pair();

    public PinnedVerifier pinned() {
        return new PinnedVerifier(opening.sealingKey(), DeviceKey.of(signing.getPublic()));
    }

    VerifierHttp asked() {
        return new VerifierHttp(HttpClient.newHttpClient(), server.uri(), Encoding.CBOR);
    }

    private ScriptedBroker.Response answer(ScriptedBroker.Request request) {
        if (request.method().equals("PUT")) {
            SubmitCode submitted = read(SubmitCode.class, request);
            return submitted.code().equals(CODE)
                    ? good(new Proven(dishonesty.apply(statement()), permitDishonesty.apply(permit())))
                    : refused(
                            Problem.of(ProblemType.WRONG_CODE).withLimit(4).withAlternatives(Alternative.SUBMIT_CODE));
        }
        if (request.path().endsWith("/statement")) {
            return good(new Proven(dishonesty.apply(statement()), permitDishonesty.apply(permit())));
        }
        boolean opens = request.path().equals("/v1/sessions");
        if (opens) {
            opened.add(opening.open(read(OpenSession.class, request)).orElseThrow());
        }
        return good(new Registration(
                new SessionId(Opaque.wrap(new byte[16])),
                !opens,
                5,
                Duration.ofSeconds(opens ? 0 : 60),
                Duration.ofMinutes(10),
                texts && !opens,
                texts ? new TextToSend("12345", "LETHE ABCDEFGHIJKLMNOP") : null));
    }

    private Ownership statement() {
        SessionRequest request = opened.get(opened.size() - 1);
        Opaque signature = sign(Ownership.statement(TAG, request.account(), expires, request.nonce()));
        return new Ownership(TAG, request.account(), expires, request.nonce(), signature);
    }

    private Permit permit() {
        DeviceKey key = opened.get(opened.size() - 1).permitKey();
        Opaque pseudonym = Opaque.wrap(new byte[Permit.PSEUDONYM]);
        return new Permit(pseudonym, key, expires, sign(Permit.statement(pseudonym, key, expires)));
    }

    private Opaque sign(byte[] statement) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(signing.getPrivate());
            signature.update(statement);
            return Opaque.wrap(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static <T extends Record> T read(Class<T> type, ScriptedBroker.Request request) {
        return ((Decoded.Good<T>)
                        Payloads.decode(Encoding.CBOR, type, request.body().shared()))
                .value();
    }

    private static ScriptedBroker.Response good(Record body) {
        return new ScriptedBroker.Response(
                200, Encoding.CBOR.mediaType(), Opaque.wrap(Payloads.encode(Encoding.CBOR, body)));
    }

    private static ScriptedBroker.Response refused(Problem problem) {
        return new ScriptedBroker.Response(
                problem.type().status(),
                Encoding.JSON.problemMediaType(),
                Opaque.wrap(Payloads.encode(Encoding.JSON, problem)));
    }

    @Override
    public void close() {
        server.close();
    }
}
