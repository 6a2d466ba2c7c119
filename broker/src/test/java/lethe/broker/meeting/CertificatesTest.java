package lethe.broker.meeting;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lethe.cluster.NodeCertificates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node finds out about its certificates before it starts. */
class CertificatesTest {
    private static final String NAME = "lethe-node";

    private final TestAuthority authority = new TestAuthority("nodes");

    @TempDir
    private Path files;

    @BeforeEach
    void issue() {
        authority.issue(files, NAME);
    }

    @Test
    void fit() {
        assertThatCode(() -> certificates().requireThatTheyFit()).doesNotThrowAnyException();
    }

    @Test
    void areByTheAuthority() {
        new TestAuthority("nodes").writeTo(files.resolve("ca.crt"));

        refused("lethe.cluster.tls.certificate is not by the authority: SignatureException");
    }

    @Test
    void areForAKeyThatAkkaReads() {
        authority.issue(files, NAME, TestAuthority.draw("EC", 256));

        refused("lethe.cluster.tls.certificate is not for an RSA key");
    }

    @Test
    void areThere() throws IOException {
        Files.delete(files.resolve("tls.crt"));

        refused("lethe.cluster.tls.certificate cannot be read: NoSuchFileException");
    }

    @Test
    void comeWithTheirKey() throws IOException {
        Files.delete(files.resolve("tls.key"));

        refused("lethe.cluster.tls.private-key cannot be read");
    }

    @Test
    void areCertificates() throws IOException {
        Files.writeString(files.resolve("ca.crt"), "-----BEGIN SECRET-----");

        refused("lethe.cluster.tls.authority cannot be read: CertificateException");
    }

    private void refused(String message) {
        assertThatThrownBy(() -> certificates().requireThatTheyFit())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private NodeCertificates certificates() {
        return new NodeCertificates(
                files.resolve("tls.crt"), files.resolve("tls.key"), files.resolve("ca.crt"), Duration.ofMinutes(5));
    }
}
