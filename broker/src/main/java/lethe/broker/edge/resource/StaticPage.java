package lethe.broker.edge.resource;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.nio.charset.StandardCharsets;

/** A document that is the same for everybody: cached, framed by nobody, and allowed to load nothing from elsewhere. */
final class StaticPage {
    /** Swagger UI sets styles in attributes and shows pictures from {@code data:}; it needs no more. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private StaticPage() {}

    static HttpResponse of(ContentType.NonBinary type, String text) {
        return of(type, text.getBytes(StandardCharsets.UTF_8));
    }

    static HttpResponse of(ContentType type, byte[] bytes) {
        return HttpResponse.create()
                .withEntity(HttpEntities.create(type, bytes))
                .addHeader(RawHeader.create("Content-Security-Policy", POLICY))
                .addHeader(RawHeader.create("Referrer-Policy", "no-referrer"))
                .addHeader(RawHeader.create("Cache-Control", "max-age=600"));
    }
}
