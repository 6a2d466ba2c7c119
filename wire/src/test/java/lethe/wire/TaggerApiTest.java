package lethe.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lethe.core.permit.Permit;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.api.Test;

/** The document of a tagger's resources says what the codec does. */
class TaggerApiTest extends RegistrarApiContract {
    TaggerApiTest() {
        super(ApiDocument.tagger(), shapes(), Fixtures.taggerBodies());
    }

    /** A permit is a verifier's body, and part of what a tagger is asked. */
    private static Map<Class<?>, Shape<?>> shapes() {
        Map<Class<?>, Shape<?>> shapes = new HashMap<>(TaggerShapes.ALL);
        shapes.put(Permit.class, VerifierShapes.PERMIT);
        return shapes;
    }

    @Override
    List<Record> samples(Samples samples) {
        return samples.taggerBodies();
    }

    @Test
    void agreesWithGoodTraffic() {
        agrees("/v1/evaluations", "evaluate", "evaluation", ProblemType.KEY_VERSION);
        agrees("/v1/evaluations", "evaluate with a permission", "evaluation", ProblemType.NOT_AUTHENTIC);
        agrees("/v1/evaluations", "evaluate with a permission", "evaluation", ProblemType.TOO_MANY_REQUESTS);
    }
}
