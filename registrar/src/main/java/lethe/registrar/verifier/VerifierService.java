package lethe.registrar.verifier;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.VerifierBodies.OpenSession;
import lethe.core.protocol.VerifierBodies.SubmitCode;
import lethe.registrar.http.Request;
import lethe.registrar.http.Response;
import lethe.registrar.http.Service;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** A verifier's resources, as verifier.yaml has them. */
final class VerifierService implements Service {
    private static final Pattern SESSION = Pattern.compile("/v1/sessions/([A-Za-z0-9_-]{22})(/code|/statement)?");

    private final Verifier verifier;

    VerifierService(Verifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public Response answer(Request request) {
        String method = request.method();
        if (request.target().equals("/v1/key")) {
            return method.equals("GET") ? Response.good(request.answerEncoding(), verifier.keys()) : notAllowed("GET");
        }
        if (request.target().equals("/v1/sessions")) {
            return method.equals("POST") ? read(request, OpenSession.class, verifier::open) : notAllowed("POST");
        }
        Matcher session = SESSION.matcher(request.target());
        Optional<SessionId> id = session.matches() ? id(session.group(1)) : Optional.empty();
        if (id.isEmpty()) {
            return Response.refused(Problem.of(ProblemType.NOT_FOUND));
        }
        String part = session.group(2);
        if (part == null) {
            return state(request, id.get());
        }
        return part.equals("/code") ? code(request, id.get()) : statement(request, id.get());
    }

    private Response state(Request request, SessionId id) {
        return request.method().equals("GET") ? answered(request, verifier.state(id)) : notAllowed("GET");
    }

    private Response statement(Request request, SessionId id) {
        return request.method().equals("POST") ? answered(request, verifier.claim(id)) : notAllowed("POST");
    }

    private Response code(Request request, SessionId id) {
        return switch (request.method()) {
            case "POST" -> answered(request, verifier.requestCode(id));
            case "PUT" -> read(request, SubmitCode.class, body -> verifier.submit(id, body.code()));
            default -> notAllowed("POST, PUT");
        };
    }

    private static <B extends Record, T extends Record> Response read(
            Request request, Class<B> type, Function<B, Decision<T>> decide) {
        Optional<Encoding> encoding = request.encoding();
        if (encoding.isEmpty()) {
            return Response.refused(Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE));
        }
        Decoded<B> body = Payloads.decode(encoding.get(), type, request.body().shared());
        return body instanceof Decoded.Good<B> good
                ? answered(request, decide.apply(good.value()))
                : Response.refused(((Decoded.Bad<B>) body).problem());
    }

    private static <T extends Record> Response answered(Request request, Decision<T> decision) {
        return decision instanceof Decision.Granted<T> granted
                ? Response.good(request.answerEncoding(), granted.value())
                : Response.refused(((Decision.Refused<T>) decision).problem());
    }

    private static Response notAllowed(String methods) {
        return Response.refused(Problem.of(ProblemType.METHOD_NOT_ALLOWED)).with("Allow", methods);
    }

    private static Optional<SessionId> id(String text) {
        try {
            return Optional.of(new SessionId(Opaque.fromText(text)));
        } catch (IllegalArgumentException notCanonical) {
            return Optional.empty();
        }
    }
}
