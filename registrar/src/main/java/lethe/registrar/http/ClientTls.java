package lethe.registrar.http;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS 1.3 (RFC 8446) of a process that asks another one, and shows it a certificate. */
public final class ClientTls {
    private ClientTls() {}

    /**
     * With a certificate of its own.
     *
     * @param certificateChain PEM: the certificate, and those above it
     * @param privateKey PEM (PKCS #8), without a password
     * @param authorities of whoever is asked, PEM; null: the system's list
     * @return empty if the files cannot be read
     */
    public static Optional<SSLContext> of(Path certificateChain, Path privateKey, @Nullable Path authorities) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .keyManager(certificateChain.toFile(), privateKey.toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3");
            if (authorities != null) {
                builder.trustManager(authorities.toFile());
            }
            return Optional.of(((JdkSslContext) builder.build()).context());
        } catch (SSLException | IllegalArgumentException unreadable) {
            // Its message may quote the file.
            return Optional.empty();
        }
    }
}
