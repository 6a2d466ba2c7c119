package lethe.broker.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port that speaks TLS 1.3 and nothing else, with a certificate made by the JDK's own tool. */
class TlsTest {
    private static final String PASSWORD = "changeit";

    private static KeyStore store;
    private static TestEdge edge;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        store = certificate(directory.resolve("store.p12"));
        Path chain = directory.resolve("chain.pem");
        Path key = directory.resolve("key.pem");
        writePem(chain, "CERTIFICATE", store.getCertificate("broker").getEncoded());
        writePem(
                key,
                "PRIVATE KEY",
                store.getKey("broker", PASSWORD.toCharArray()).getEncoded());
        edge = TestEdge.start("edge.tls { certificate-chain = \"" + chain + "\", private-key = \"" + key + "\" }");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Test
    void opensSockets() throws Exception {
        try (SSLSocket socket = connect("TLSv1.3")) {
            assertThat(ask(socket, TestSocket.handshake("lethe.v1.cbor"))).startsWith("HTTP/1.1 101 ");
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void answersHttp() throws Exception {
        try (SSLSocket socket = connect("TLSv1.3")) {
            assertThat(ask(socket, "GET /v1/policy HTTP/1.1\r\nHost: broker\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void refusesOlderTls() throws Exception {
        try (SSLSocket socket = connect("TLSv1.2")) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void hasNothingToSayInClear() throws Exception {
        try (RawConnection connection = new RawConnection(edge)) {
            String answer = connection
                    .send("GET /v1/policy HTTP/1.1\r\nHost: broker\r\n\r\n")
                    .rest();
            assertThat(answer).doesNotContain("HTTP/1.1");
        }
    }

    private static SSLSocket connect(String version) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(edge.address().getAddress(), edge.address().getPort());
        socket.setSoTimeout(10_000);
        socket.setEnabledProtocols(new String[] {version});
        return socket;
    }

    private static String ask(SSLSocket socket, String request) throws Exception {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private static KeyStore certificate(Path file) throws Exception {
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=broker",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(tool.waitFor()).isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    private static void writePem(Path file, String kind, byte[] der) throws Exception {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
    }
}
