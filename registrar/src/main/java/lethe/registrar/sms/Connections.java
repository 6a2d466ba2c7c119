package lethe.registrar.sms;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.ConnectionFactory;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.jspecify.annotations.Nullable;

/** Connections to centres: with TLS, if there is a context for it, and then only to whom the certificate names. */
final class Connections implements ConnectionFactory {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final @Nullable SSLContext tls;
    private final Duration patience;

    /**
     * Of one kind.
     *
     * @param tls null: none
     * @param patience for a connection, and then for a handshake
     */
    Connections(@Nullable SSLContext tls, Duration patience) {
        this.tls = tls;
        this.patience = patience;
    }

    @Override
    public Connection createConnection(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            int millis = (int) patience.toMillis();
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host, port), millis);
            return new SocketConnection(tls == null ? socket : secured(tls, socket, host, port, millis));
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    private static Socket secured(SSLContext tls, Socket plain, String host, int port, int millis) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters named = socket.getSSLParameters();
        named.setEndpointIdentificationAlgorithm("HTTPS");
        named.setProtocols(VERSIONS);
        socket.setSSLParameters(named);
        socket.setSoTimeout(millis);
        socket.startHandshake();
        return socket;
    }
}
