package lethe.registrar.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Problem;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/**
 * The answer to a request.
 *
 * @param headers beside those of the body
 */
public record Response(int status, String mediaType, Opaque body, Map<String, String> headers) {
    public Response {
        headers = Map.copyOf(headers);
    }

    /** 200, with a body. */
    public static Response good(Encoding encoding, Record body) {
        return new Response(200, encoding.mediaType(), Opaque.wrap(Payloads.encode(encoding, body)), Map.of());
    }

    /** 202, with a body. */
    public static Response accepted(Encoding encoding, Record body) {
        Response good = good(encoding, body);
        return new Response(202, good.mediaType(), good.body(), good.headers());
    }

    /** A refusal (RFC 9457), always as JSON, with {@code Retry-After} in whole seconds if it says when. */
    public static Response refused(Problem problem) {
        Duration wait = problem.retryAfter();
        return new Response(
                problem.type().status(),
                Encoding.JSON.problemMediaType(),
                Opaque.wrap(Payloads.encode(Encoding.JSON, problem)),
                wait == null ? Map.of() : Map.of("Retry-After", Long.toString(Math.max(1, wait.toSeconds()))));
    }

    public Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, mediaType, body, more);
    }
}
