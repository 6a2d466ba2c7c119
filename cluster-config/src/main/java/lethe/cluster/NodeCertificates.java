package lethe.cluster;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;

/**
 * The PEM files with which nodes prove to each other that they are of one cluster, by TLS 1.3 on both sides. They are
 * read anew while the node runs.
 *
 * @param certificate of this node, by the authority itself; for an RSA key, because Akka reads no other
 * @param privateKey PKCS #8, without a password
 * @param authority that signs certificates of this cluster's nodes and nothing else: whoever has one is a member
 * @param reloadAfter so long a connection may still be opened with what was in the files before; at least a second
 */
public record NodeCertificates(Path certificate, Path privateKey, Path authority, Duration reloadAfter) {
    public NodeCertificates {
        boolean none = isEmpty(certificate) && isEmpty(privateKey) && isEmpty(authority);
        boolean all = !isEmpty(certificate) && !isEmpty(privateKey) && !isEmpty(authority);
        if (!none && !all) {
            throw new IllegalArgumentException(
                    "lethe.cluster.tls: certificate, private-key and authority belong together");
        }
        if (reloadAfter.toSeconds() < 1) {
            throw new IllegalArgumentException("lethe.cluster.tls.reload-after is below a second");
        }
    }

    /** Reads {@code lethe.cluster.tls}; opens no file. */
    static NodeCertificates from(Config tls) {
        return new NodeCertificates(
                Path.of(tls.getString("certificate")),
                Path.of(tls.getString("private-key")),
                Path.of(tls.getString("authority")),
                tls.getDuration("reload-after"));
    }

    private static boolean isEmpty(Path path) {
        return path.toString().isEmpty();
    }

    /** Whether there are any: then nodes speak TLS, and nothing else. */
    public boolean isOn() {
        return !isEmpty(certificate);
    }

    /**
     * Opens them, so that it is now that a mistake is found.
     *
     * @throws IllegalArgumentException if one cannot be read, or the certificate is not for an RSA key or not by that
     *     authority; what is in them is not quoted
     */
    public void requireThatTheyFit() {
        if (!isOn()) {
            return;
        }
        if (!Files.isReadable(privateKey)) {
            throw new IllegalArgumentException("lethe.cluster.tls.private-key cannot be read");
        }
        X509Certificate own = read("certificate", certificate);
        if (!(own.getPublicKey() instanceof RSAPublicKey)) {
            throw new IllegalArgumentException("lethe.cluster.tls.certificate is not for an RSA key");
        }
        try {
            own.verify(read("authority", authority).getPublicKey());
        } catch (GeneralSecurityException other) {
            throw new IllegalArgumentException("lethe.cluster.tls.certificate is not by the authority: "
                    + other.getClass().getSimpleName());
        }
    }

    private static X509Certificate read(String key, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("lethe.cluster.tls." + key + " cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }
}
