package lethe.loadtest.capture;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import lethe.loadtest.evidence.NotPossible;
import lethe.loadtest.evidence.Tool;

/**
 * Has a Java process write the secrets of its TLS connections to a file, in the form that Wireshark reads. An agent
 * does it that is among the jars of this program, and that no process loads unless it is told to here.
 */
final class KeyExport {
    private static final String AGENT = "name/neykov/secrets/AgentMain.class";

    private KeyExport() {}

    /** The agent's jar; empty if it is not on the class path. */
    static Optional<Path> agent() throws IOException {
        URL found = KeyExport.class.getClassLoader().getResource(AGENT);
        if (found == null || !(found.openConnection() instanceof JarURLConnection jar)) {
            return Optional.empty();
        }
        return Optional.of(Path.of(URI.create(jar.getJarFileURL().toString())));
    }

    /**
     * From now on.
     *
     * @param pid also that of this process
     * @param file appended to, from the first connection on
     * @throws NotPossible if that Java does not take the agent
     */
    static void begin(long pid, Path file) throws IOException, InterruptedException {
        Path agent = agent().orElseThrow(() -> NotPossible.here("the agent that exports TLS keys is not installed"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try {
            Tool.run(java.toString(), "-jar", agent.toString(), Long.toString(pid), file.toString());
        } catch (IOException refused) {
            throw NotPossible.here("no TLS keys can be exported: " + refused.getMessage());
        }
    }
}
