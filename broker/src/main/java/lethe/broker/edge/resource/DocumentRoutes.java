package lethe.broker.edge.resource;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.pathSingleSlash;
import static akka.http.javadsl.server.Directives.redirect;
import static akka.http.javadsl.server.Directives.reject;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.Uri;
import akka.http.javadsl.server.PathMatchers;
import akka.http.javadsl.server.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /openapi.yaml}, {@code /asyncapi.yaml} and {@code /docs/}: the interfaces as documents, and Swagger UI to read
 * them. A fixed list of files, read once: no path of a request ever becomes the name of a file.
 */
public final class DocumentRoutes {
    private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/";
    private static final ContentType SCRIPT =
            ContentTypes.create(MediaTypes.APPLICATION_JAVASCRIPT, HttpCharsets.UTF_8);
    private static final ContentType STYLE = ContentTypes.create(MediaTypes.TEXT_CSS, HttpCharsets.UTF_8);
    private static final ContentType YAML = ContentTypes.create(MediaTypes.customBinary("application", "yaml", true));

    private final HttpResponse openApi = StaticPage.of(YAML, resource("/lethe/api/openapi.yaml"));
    private final HttpResponse asyncApi = StaticPage.of(YAML, resource("/lethe/api/asyncapi.yaml"));
    private final HttpResponse index = StaticPage.of(ContentTypes.TEXT_HTML_UTF8, resource("/lethe/docs/index.html"));
    private final Map<String, HttpResponse> files = Map.of(
            "start.js", StaticPage.of(SCRIPT, resource("/lethe/docs/start.js")),
            "swagger-ui-bundle.js", StaticPage.of(SCRIPT, swagger("swagger-ui-bundle.js")),
            "swagger-ui.css", StaticPage.of(STYLE, swagger("swagger-ui.css")));

    public Route routes() {
        return concat(
                path("openapi.yaml", () -> get(() -> complete(openApi))),
                path("asyncapi.yaml", () -> get(() -> complete(asyncApi))),
                pathPrefix(
                        "docs",
                        () -> concat(
                                pathEnd(() ->
                                        get(() -> redirect(Uri.create("/docs/"), StatusCodes.PERMANENT_REDIRECT))),
                                pathSingleSlash(() -> get(() -> complete(index))),
                                path(PathMatchers.segment(), this::file))));
    }

    private Route file(String name) {
        @Nullable HttpResponse file = files.get(name);
        return file == null ? reject() : get(() -> complete(file));
    }

    private static byte[] swagger(String name) {
        return resource(SWAGGER + version() + "/" + name);
    }

    /** Of the web jar on the class path: it names its folder. */
    private static String version() {
        String properties = new String(
                resource("/META-INF/maven/org.webjars/swagger-ui/pom.properties"),
                java.nio.charset.StandardCharsets.ISO_8859_1);
        return properties
                .lines()
                .filter(line -> line.startsWith("version="))
                .map(line -> line.substring("version=".length()).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the swagger-ui web jar names no version"));
    }

    private static byte[] resource(String name) {
        try (InputStream in = DocumentRoutes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
