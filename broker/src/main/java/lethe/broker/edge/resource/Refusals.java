package lethe.broker.edge.resource;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import java.time.Duration;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** Turns a problem into an HTTP answer (RFC 9457), here and nowhere else. Nothing of the request is in it. */
public final class Refusals {
    private static final ContentType PROBLEM =
            ContentTypes.create(MediaTypes.customBinary("application", "problem+json", true));

    /** What a signature must cover at least (RFC 9421, section 5.1). */
    private static final String WANTED_SIGNATURE =
            "sig=(\"@method\" \"@path\" \"lethe-tag\");created;nonce;keyid;alg=\"ed25519\";tag=\"lethe/1\"";

    private Refusals() {}

    public static HttpResponse answer(Problem problem) {
        HttpResponse answer = HttpResponse.create()
                .withStatus(problem.type().status())
                .withEntity(HttpEntities.create(PROBLEM, Payloads.encode(Encoding.JSON, problem)))
                .addHeader(RawHeader.create("Cache-Control", "no-store"));
        Duration wait = problem.retryAfter();
        if (wait != null) {
            answer = answer.addHeader(RawHeader.create("Retry-After", Long.toString(seconds(wait))));
        }
        if (problem.type().status() == ProblemType.NOT_AUTHENTIC.status()) {
            answer = answer.addHeader(RawHeader.create("WWW-Authenticate", "Signature"))
                    .addHeader(RawHeader.create("Accept-Signature", WANTED_SIGNATURE));
        }
        return answer;
    }

    public static HttpResponse answer(ProblemType type) {
        return answer(Problem.of(type));
    }

    /** Rounded up: a phone that waits this long does not come too early. */
    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
