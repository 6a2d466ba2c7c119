package lethe.registrar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that shows who it is, to one that serves only those whom it knows. */
class ClientTlsTest {
    @TempDir
    private static Path directory;

    private static Certificates server;
    private static Certificates friend;
    private static Certificates stranger;

    @BeforeAll
    static void make() throws Exception {
        server = Certificates.of("server", directory);
        friend = Certificates.of("friend", directory);
        stranger = Certificates.of("stranger", directory);
    }

    @Test
    void isKnownByItsCertificate() throws Exception {
        try (Port port = open()) {
            assertThat(ask(port, context(friend, server.chain)).statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> ask(port, context(stranger, server.chain))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void asksOnlyThoseThatItTrusts() throws Exception {
        try (Port port = open()) {
            assertThatThrownBy(() -> ask(port, context(friend, stranger.chain))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void isEmptyForFilesThatItCannotRead() throws Exception {
        Path rubbish = Files.writeString(directory.resolve("rubbish"), "rubbish");

        assertThat(ClientTls.of(rubbish, friend.privateKey, null)).isEmpty();
        assertThat(ClientTls.of(friend.chain, rubbish, null)).isEmpty();
        assertThat(ClientTls.of(friend.chain, friend.privateKey, rubbish)).isEmpty();
        assertThat(ClientTls.of(friend.chain, directory.resolve("none"), null)).isEmpty();
        assertThat(ClientTls.of(friend.chain, friend.privateKey, null)).isPresent();
    }

    private static SSLContext context(Certificates own, Path trusted) {
        return ClientTls.of(own.chain, own.privateKey, trusted).orElseThrow();
    }

    private static Port open() throws IOException {
        return Port.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerTls.of(server.chain, server.privateKey, friend.chain).orElseThrow(),
                Limits.usual(),
                request -> new Response(200, "text/plain", Opaque.empty(), Map.of()));
    }

    private static HttpResponse<String> ask(Port port, SSLContext context) throws Exception {
        HttpClient http = HttpClient.newBuilder().sslContext(context).build();
        URI address = URI.create("https://127.0.0.1:" + port.address().getPort() + "/");
        return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
}
