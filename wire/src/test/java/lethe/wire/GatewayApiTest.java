package lethe.wire;

import com.atlassian.oai.validator.model.SimpleRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lethe.core.protocol.Bodies.Ids;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.api.Test;

/** The document of a gateway's resources says what the codec does. */
class GatewayApiTest extends RegistrarApiContract {
    private static final String SMS = "/v1/sms/AAECAwQFBgcICQoLDA0ODw";

    GatewayApiTest() {
        super(ApiDocument.gateway(), shapes(), Fixtures.gatewayBodies());
    }

    /** Reports are acknowledged as messages are. */
    private static Map<Class<?>, Shape<?>> shapes() {
        Map<Class<?>, Shape<?>> shapes = new HashMap<>(GatewayShapes.ALL);
        shapes.put(Ids.class, BodyShapes.of(Ids.class));
        return shapes;
    }

    @Override
    List<Record> samples(Samples samples) {
        return samples.gatewayBodies();
    }

    @Test
    void agreesWithGoodTraffic() {
        for (ProblemType refusal : List.of(
                ProblemType.NOT_SEALED,
                ProblemType.ID_REUSED,
                ProblemType.GONE,
                ProblemType.TOO_LARGE,
                ProblemType.TOO_MANY_REQUESTS,
                ProblemType.SMS_UNAVAILABLE)) {
            agrees(SimpleRequest.Builder.put(SMS), "send sms", 202, "sms taken", refusal);
        }
    }
}
