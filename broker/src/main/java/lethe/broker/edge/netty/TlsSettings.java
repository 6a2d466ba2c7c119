package lethe.broker.edge.netty;

import com.typesafe.config.Config;
import java.io.File;

/**
 * What phones speak on the port, beside HTTP and WebSocket: TLS, or not.
 *
 * @param certificateChain PEM; empty for no TLS
 * @param privateKey PEM
 */
public record TlsSettings(File certificateChain, File privateKey) {
    public TlsSettings {
        if (certificateChain.getPath().isEmpty() != privateKey.getPath().isEmpty()) {
            throw new IllegalArgumentException("lethe.edge.tls: certificate-chain and private-key belong together");
        }
    }

    /** Reads {@code lethe.edge.tls}. */
    public static TlsSettings from(Config tls) {
        return new TlsSettings(new File(tls.getString("certificate-chain")), new File(tls.getString("private-key")));
    }

    /** Whether phones speak TLS. */
    public boolean isOn() {
        return !certificateChain.getPath().isEmpty();
    }
}
