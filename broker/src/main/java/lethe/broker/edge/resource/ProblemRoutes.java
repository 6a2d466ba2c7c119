package lethe.broker.edge.resource;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.server.Route;
import java.util.Arrays;
import java.util.stream.Collectors;
import lethe.core.protocol.ProblemType;

/** {@code /problems}: the registry of problems for people; the type of every problem points into it. */
public final class ProblemRoutes {
    private static final String PAGE = page();

    private ProblemRoutes() {}

    public static Route routes() {
        return path("problems", () -> get(() -> complete(StaticPage.of(ContentTypes.TEXT_HTML_UTF8, PAGE))));
    }

    private static String page() {
        String rows =
                Arrays.stream(ProblemType.values()).map(ProblemRoutes::row).collect(Collectors.joining("\n"));
        return """
                <!doctype html>
                <html lang="en"><meta charset="utf-8"><title>Lethe: problems</title>
                <h1>Problems</h1>
                <p>What a broker refuses, and why (RFC 9457). Retryable: the same request may succeed later.</p>
                <table><thead><tr><th>type<th>status<th>meaning<th>retryable</thead><tbody>
                %s
                </tbody></table></html>
                """.formatted(rows);
    }

    private static String row(ProblemType type) {
        return "<tr id=\"%s\"><td><code>/problems#%s</code><td>%d<td>%s<td>%s"
                .formatted(type.word(), type.word(), type.status(), type.title(), type.retryable() ? "yes" : "no");
    }
}
