package lethe.loadtest.capture;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import lethe.loadtest.process.TlsFiles;

/** What the lab found: a service to which a phone tells all that it knows, over the same TLS. */
final class NaiveService implements AutoCloseable {
    private static final int NO_CONTENT = 204;

    private final HttpsServer server;

    private NaiveService(HttpsServer server) {
        this.server = server;
    }

    static NaiveService open(InetAddress address, TlsFiles tls) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(address, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.server()));
        server.createContext("/", NaiveService::swallow);
        server.start();
        return new NaiveService(server);
    }

    private static void swallow(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(NO_CONTENT, -1);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** How many things it is told by somebody with so many contacts: four of the phone, two of each, all letters. */
    static int told(int contacts) {
        return 4 + 2 * contacts + Talk.LETTERS;
    }

    /** Tells it everything of an owner, and gives it the letters as such services have them: in clear. */
    void tell(Owner owner, Talk talk, HttpClient http) throws IOException, InterruptedException {
        List<Map<String, String>> contacts = owner.contacts().stream()
                .map(contact -> Map.of("name", contact.name(), "number", contact.digits()))
                .toList();
        Map<String, Object> all = Map.of(
                "number",
                owner.person().digits(),
                "imsi",
                owner.subscription(),
                "imei",
                owner.equipment(),
                "carrier",
                owner.carrier(),
                "contacts",
                contacts,
                "letters",
                talk.letters().stream().map(Talk.Letter::text).toList());
        String host = server.getAddress().getAddress().getHostAddress();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + host + ":" + port() + "/register"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(new JsonMapper().writeValueAsBytes(all)))
                .build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != NO_CONTENT) {
            throw new IOException("the control answered " + status);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
