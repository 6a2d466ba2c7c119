package lethe.registrar.process;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import lethe.registrar.http.Limits;
import lethe.registrar.http.Port;
import lethe.registrar.http.ServerTls;
import lethe.registrar.http.Service;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where a process listens, with what certificate, and until when. Its port's number is the process's own option. */
public final class ListenOptions {
    @Option(
            names = "--address",
            paramLabel = "IP",
            defaultValue = "127.0.0.1",
            description = "Where to listen. Default: ${DEFAULT-VALUE}")
    private InetAddress address = InetAddress.getLoopbackAddress();

    @ArgGroup(exclusive = false)
    private @Nullable TlsOptions certificates;

    @Option(names = "--exit-with-parent", description = "Stop when standard input ends.")
    private boolean exitWithParent;

    /** Whether it has a certificate, so that it is there for others than this machine. */
    public boolean isPublic() {
        return certificates != null;
    }

    /** Whether it serves only those with a certificate. */
    public boolean namesClients() {
        return certificates != null && certificates.namesClients();
    }

    /**
     * The certificate, if one is named.
     *
     * @throws IOException if one is needed and not named, or cannot be read; it is not quoted
     */
    public Optional<ServerTls> tls() throws IOException {
        if (certificates == null) {
            if (!address.isLoopbackAddress()) {
                throw new IOException("beyond the loopback it needs --certificate and --private-key");
            }
            return Optional.empty();
        }
        Optional<ServerTls> read = certificates.read();
        if (read.isEmpty()) {
            throw new IOException("the certificates or the private key cannot be read");
        }
        return read;
    }

    /**
     * Opens the port, says that it is ready, and serves until it is told to stop.
     *
     * @param process its name
     * @param out where it says so
     * @throws IOException if it cannot listen there, or {@link #tls} cannot be had
     */
    public void serve(String process, int port, Limits limits, Service service, PrintWriter out)
            throws IOException, InterruptedException {
        Optional<ServerTls> tls = tls();
        InetSocketAddress where = new InetSocketAddress(address, port);
        try (Port open = tls.isPresent()
                ? Port.open(where, tls.get(), limits, service)
                : Port.openOnLoopback(where, limits, service)) {
            InetSocketAddress bound = open.address();
            out.println(process + " ready " + (tls.isPresent() ? "https" : "http") + "://"
                    + bound.getAddress().getHostAddress() + ":" + bound.getPort());
            out.flush();
            if (exitWithParent) {
                Surroundings.whenInputEnds(open::close);
            }
            open.awaitEnd();
        }
    }
}
