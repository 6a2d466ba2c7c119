package lethe.registrar.tagger;

import java.util.Optional;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.TaggerBodies.Evaluate;
import lethe.registrar.http.Request;
import lethe.registrar.http.Response;
import lethe.registrar.http.Service;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** A tagger's two resources, as tagger.yaml has them. */
final class TaggerService implements Service {
    private final Tagger tagger;

    TaggerService(Tagger tagger) {
        this.tagger = tagger;
    }

    @Override
    public Response answer(Request request) {
        return switch (request.target()) {
            case "/v1/evaluations" -> request.method().equals("POST") ? evaluate(request) : notAllowed("POST");
            case "/v1/key" -> request.method().equals("GET") ? keys(request) : notAllowed("GET");
            default -> refused(ProblemType.NOT_FOUND);
        };
    }

    private Response evaluate(Request request) {
        Optional<Encoding> encoding = request.encoding();
        if (encoding.isEmpty()) {
            return refused(ProblemType.UNSUPPORTED_MEDIA_TYPE);
        }
        Decoded<Evaluate> read =
                Payloads.decode(encoding.get(), Evaluate.class, request.body().shared());
        if (read instanceof Decoded.Bad<Evaluate> bad) {
            return Response.refused(bad.problem());
        }
        Tagger.Verdict verdict = tagger.evaluate(((Decoded.Good<Evaluate>) read).value());
        return verdict instanceof Tagger.Verdict.Made made
                ? Response.good(request.answerEncoding(), made.evaluation())
                : Response.refused(((Tagger.Verdict.Refused) verdict).problem());
    }

    private Response keys(Request request) {
        return Response.good(request.answerEncoding(), tagger.keys().published());
    }

    private static Response notAllowed(String method) {
        return refused(ProblemType.METHOD_NOT_ALLOWED).with("Allow", method);
    }

    private static Response refused(ProblemType type) {
        return Response.refused(Problem.of(type));
    }
}
