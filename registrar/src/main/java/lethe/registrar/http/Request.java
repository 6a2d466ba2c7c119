package lethe.registrar.http;

import java.util.Optional;
import java.util.stream.Stream;
import lethe.core.identity.Opaque;
import lethe.wire.Encoding;

/**
 * One whole request. It prints its method only.
 *
 * @param method as sent, for example {@code POST}
 * @param target the path, and the query if there is one
 * @param contentType empty if there is none
 * @param accept empty if there is none
 * @param body empty if there is none
 */
public record Request(String method, String target, String contentType, String accept, Opaque body) {
    /** How the body is written; empty if it is none of our ways. */
    public Optional<Encoding> encoding() {
        return Encoding.ofMediaType(contentType);
    }

    /** How the answer shall be written: the first that is accepted by name, else as the body was, else as JSON. */
    public Encoding answerEncoding() {
        return Stream.of(accept.split(",", -1))
                .flatMap(type -> Encoding.ofMediaType(type).stream())
                .findFirst()
                .or(this::encoding)
                .orElse(Encoding.JSON);
    }

    @Override
    public String toString() {
        return "Request[" + method + "]";
    }
}
