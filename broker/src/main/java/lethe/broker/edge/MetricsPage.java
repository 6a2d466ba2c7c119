package lethe.broker.edge;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaRange;
import akka.http.javadsl.model.MediaType;
import akka.http.javadsl.model.headers.Accept;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * Numbers in one of the two texts that Prometheus reads: OpenMetrics for those who ask for it and do not like the other
 * one better, else Prometheus' own.
 */
final class MetricsPage {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private MetricsPage() {}

    /**
     * The page.
     *
     * @param metrics gives the text of a content type
     */
    static HttpResponse answer(HttpRequest request, UnaryOperator<String> metrics) {
        ContentType open = ContentTypes.parse(OPEN_METRICS);
        ContentType plain = ContentTypes.parse(PROMETHEUS);
        float liking = liking(request, open);
        boolean asOpenMetrics = liking > 0 && liking >= liking(request, plain);
        byte[] text = metrics.apply(asOpenMetrics ? OPEN_METRICS : PROMETHEUS).getBytes(StandardCharsets.UTF_8);
        return HttpResponse.create().withEntity(HttpEntities.create(asOpenMetrics ? open : plain, text));
    }

    /** From 0 to 1, by name and in any version: whoever takes anything has not asked for this. */
    private static float liking(HttpRequest request, ContentType type) {
        float most = 0;
        for (Accept accept : request.getHeaders(Accept.class)) {
            for (MediaRange range : accept.getMediaRanges()) {
                if (isOf(range, type.mediaType())) {
                    most = Math.max(most, range.qValue());
                }
            }
        }
        return most;
    }

    /** {@link MediaRange#matches} asks for the same version too. */
    private static boolean isOf(MediaRange range, MediaType type) {
        return range instanceof akka.http.scaladsl.model.MediaRange.One one
                && one.mainType().equals(type.mainType())
                && one.mediaType().subType().equals(type.subType());
    }
}
