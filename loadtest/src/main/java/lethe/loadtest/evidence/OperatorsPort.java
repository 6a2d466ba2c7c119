package lethe.loadtest.evidence;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a broker tells its operators, metrics among it. */
public final class OperatorsPort {
    private static final List<String> ASKED = List.of("livez", "readyz", "retention", "metrics");

    private OperatorsPort() {}

    /**
     * Asks for all pages, and keeps what is answered, whether there is such a page or not.
     *
     * @param directory of a file for each
     */
    public static Evidence ask(URI port, Path directory) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        List<Path> pages = new ArrayList<>();
        for (String path : ASKED) {
            Path page = directory.resolve("admin-" + path + ".txt");
            client.send(
                    HttpRequest.newBuilder(port.resolve("/" + path)).build(), HttpResponse.BodyHandlers.ofFile(page));
            pages.add(page);
        }
        return Evidence.of("operators_port", pages);
    }
}
