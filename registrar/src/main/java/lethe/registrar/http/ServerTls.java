package lethe.registrar.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** TLS 1.3 (RFC 8446) at a port, by the JDK's implementation; and who may come, if not everybody. */
public final class ServerTls {
    private final SslContext context;

    private ServerTls(SslContext context) {
        this.context = context;
    }

    /**
     * For everybody.
     *
     * @param certificateChain PEM: the certificate, and those above it
     * @param privateKey PEM (PKCS #8), without a password
     * @return empty if the files cannot be read
     */
    public static Optional<ServerTls> of(Path certificateChain, Path privateKey) {
        return build(() -> SslContextBuilder.forServer(certificateChain.toFile(), privateKey.toFile()));
    }

    /**
     * For those who show a certificate that one of these authorities signed.
     *
     * @param authorities PEM
     */
    public static Optional<ServerTls> of(Path certificateChain, Path privateKey, Path authorities) {
        return build(() -> SslContextBuilder.forServer(certificateChain.toFile(), privateKey.toFile())
                .trustManager(authorities.toFile())
                .clientAuth(ClientAuth.REQUIRE));
    }

    private static Optional<ServerTls> build(Reading files) {
        try {
            return Optional.of(new ServerTls(files.read()
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3")
                    .build()));
        } catch (SSLException | IllegalArgumentException unreadable) {
            // Its message may quote the file.
            return Optional.empty();
        }
    }

    SslHandler handler(ByteBufAllocator buffers) {
        return context.newHandler(buffers);
    }

    private interface Reading {
        SslContextBuilder read() throws SSLException;
    }
}
