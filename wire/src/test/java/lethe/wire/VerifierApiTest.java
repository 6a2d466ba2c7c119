package lethe.wire;

import java.util.List;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.api.Test;

/** The document of a verifier's resources says what the codec does. */
class VerifierApiTest extends RegistrarApiContract {
    VerifierApiTest() {
        super(ApiDocument.verifier(), VerifierShapes.ALL, Fixtures.verifierBodies());
    }

    @Override
    List<Record> samples(Samples samples) {
        return samples.verifierBodies();
    }

    @Test
    void agreesWithGoodTraffic() {
        agrees("/v1/sessions", "open session", "registration", ProblemType.TOO_MANY_REQUESTS);
        agrees("/v1/sessions", "open session", "registration with a text", ProblemType.OVERLOADED);
    }
}
