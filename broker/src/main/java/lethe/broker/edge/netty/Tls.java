package lethe.broker.edge.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;

/** TLS 1.3 (RFC 8446) at the broker's own port, by the JDK's implementation. */
final class Tls {
    private final SslContext context;
    private final Executor handshakes;

    private Tls(SslContext context, Executor handshakes) {
        this.context = context;
        this.handshakes = handshakes;
    }

    /**
     * From PEM files: the certificate with those above it, and its private key (PKCS #8) without a password.
     *
     * @param handshakes computes keys and signatures: many phones that come at once shall not stop the event loops
     * @throws IllegalArgumentException if they are not that; what is in them is not quoted
     */
    static Tls of(TlsSettings settings, Executor handshakes) {
        try {
            return new Tls(
                    SslContextBuilder.forServer(settings.certificateChain(), settings.privateKey())
                            .sslProvider(SslProvider.JDK)
                            .protocols("TLSv1.3")
                            .build(),
                    handshakes);
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "lethe.edge.tls: the certificate chain or the private key cannot be read: "
                            + e.getClass().getSimpleName());
        }
    }

    SslHandler handler(ByteBufAllocator buffers) {
        return context.newHandler(buffers, handshakes);
    }
}
