package lethe.loadtest.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import lethe.client.http.Trust;
import org.jspecify.annotations.Nullable;

/**
 * Where a tagger or a verifier of a run listens.
 *
 * @param address of the loopback
 * @param port 0 for a free one
 * @param tls null for none
 */
public record RegistrarPort(
        InetAddress address, int port, @Nullable TlsFiles tls) {
    /** On 127.0.0.1, without TLS. */
    public static RegistrarPort inClear(int port) {
        return new RegistrarPort(InetAddress.getLoopbackAddress(), port, null);
    }

    /** The options of a registrar's command that say so. */
    List<String> arguments() {
        List<String> arguments =
                new ArrayList<>(List.of("--address", address.getHostAddress(), "--port", Integer.toString(port)));
        if (tls != null) {
            arguments.addAll(List.of(
                    "--certificate", tls.chain().toString(),
                    "--private-key", tls.privateKey().toString()));
        }
        return arguments;
    }

    /** A client that reaches it. */
    HttpClient client() throws IOException {
        if (tls == null) {
            return HttpClient.newHttpClient();
        }
        SSLContext trust = Trust.in(tls.chain()).orElseThrow(() -> new IOException("no certificate"));
        return HttpClient.newBuilder().sslContext(trust).build();
    }
}
