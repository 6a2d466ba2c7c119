package lethe.registrar.process;

import java.nio.file.Path;
import java.util.Optional;
import lethe.registrar.http.ServerTls;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a port with TLS. */
public final class TlsOptions {
    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            required = true,
            description = "For TLS 1.3: the certificate and those above it (PEM).")
    private Path chain = Path.of("");

    @Option(
            names = "--private-key",
            paramLabel = "FILE",
            required = true,
            description = "For TLS 1.3: its private key (PEM, PKCS #8).")
    private Path privateKey = Path.of("");

    @Option(
            names = "--clients",
            paramLabel = "FILE",
            description = "Serve only those with a certificate by one of these authorities (PEM).")
    private @Nullable Path clients;

    boolean namesClients() {
        return clients != null;
    }

    /** What they name; empty if it cannot be read. */
    public Optional<ServerTls> read() {
        return clients == null ? ServerTls.of(chain, privateKey) : ServerTls.of(chain, privateKey, clients);
    }
}
