package lethe.registrar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS 1.3 and nothing else; and nobody without a certificate, if one is asked for. */
class ServerTlsTest {
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
    void answersOverTls13() throws Exception {
        try (Port port = open(ServerTls.of(server.chain, server.privateKey))) {
            HttpResponse<String> answer = ask(port, Certificates.client(server, null));

            assertThat(answer.body()).isEqualTo("good");
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void refusesOlderTls() throws Exception {
        try (Port port = open(ServerTls.of(server.chain, server.privateKey));
                SSLSocket socket = (SSLSocket) Certificates.client(server, null)
                        .getSocketFactory()
                        .createSocket(
                                port.address().getAddress(), port.address().getPort())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});

            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void hasNothingToSayInClear() throws Exception {
        try (Port port = open(ServerTls.of(server.chain, server.privateKey));
                RawConnection connection = new RawConnection(port.address())) {
            assertThat(connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").rest())
                    .doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void servesThoseWhoAreKnownOnly() throws Exception {
        try (Port port = open(ServerTls.of(server.chain, server.privateKey, friend.chain))) {
            assertThat(ask(port, Certificates.client(server, friend)).body()).isEqualTo("good");
            assertThatThrownBy(() -> ask(port, Certificates.client(server, null)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> ask(port, Certificates.client(server, stranger)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void filesThatCannotBeReadAreNoTls() throws Exception {
        Path rubbish = Files.writeString(directory.resolve("rubbish"), "SECRET");

        assertThat(ServerTls.of(rubbish, server.privateKey)).isEmpty();
        assertThat(ServerTls.of(server.chain, rubbish)).isEmpty();
        assertThat(ServerTls.of(server.chain, directory.resolve("absent"))).isEmpty();
        assertThat(ServerTls.of(server.chain, server.privateKey, rubbish)).isEmpty();
    }

    private static Port open(Optional<ServerTls> tls) throws IOException {
        return Port.open(
                PortTest.loopback(),
                tls.orElseThrow(),
                Limits.usual(),
                request -> new Response(
                        200, "text/plain", Opaque.wrap("good".getBytes(StandardCharsets.US_ASCII)), Map.of()));
    }

    private static HttpResponse<String> ask(Port port, SSLContext context) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + port.address().getPort() + "/"))
                .build();
        return HttpClient.newBuilder().sslContext(context).build().send(request, BodyHandlers.ofString());
    }
}
