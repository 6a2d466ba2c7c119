package lethe.broker.sms;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** TLS 1.3 (RFC 8446) in which both sides show who they are. */
final class GatewayTls {
    private static final String VERSION = "TLSv1.3";

    private GatewayTls() {}

    /**
     * From PEM files.
     *
     * @throws IllegalArgumentException if they are not that; what is in them is not quoted
     */
    static SSLContext of(GatewaySettings settings) {
        try {
            return ((JdkSslContext) SslContextBuilder.forClient()
                            .sslProvider(SslProvider.JDK)
                            .trustManager(settings.authorities().toFile())
                            .keyManager(
                                    settings.certificate().toFile(),
                                    settings.privateKey().toFile())
                            .build())
                    .context();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("lethe.gateway: ca, certificate or private-key cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }

    static SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {VERSION});
        return parameters;
    }
}
