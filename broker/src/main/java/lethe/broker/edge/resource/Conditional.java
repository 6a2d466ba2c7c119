package lethe.broker.edge.resource;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.util.Arrays;
import java.util.function.Supplier;

/** Answers that a phone may have already (RFC 9110, section 13). */
final class Conditional {
    private Conditional() {}

    /**
     * 304 if the request names the version that there is, and else the answer; either way with the version.
     *
     * @param version of what is answered, without quotes
     */
    static HttpResponse answer(HttpRequest request, String version, Supplier<HttpResponse> answer) {
        String tag = "\"" + version + "\"";
        boolean known = request.getHeader("If-None-Match")
                .map(header -> header.value())
                .filter(tags ->
                        Arrays.stream(tags.split(",")).map(String::strip).anyMatch(tag::equals))
                .isPresent();
        HttpResponse chosen = known ? HttpResponse.create().withStatus(304) : answer.get();
        return chosen.addHeader(RawHeader.create("ETag", tag));
    }
}
