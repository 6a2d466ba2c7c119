package lethe.loadtest.process;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an installation on one machine shall be.
 *
 * @param directory its data, and its logs below {@code logs}; what is there from an earlier run is used again
 * @param broker where the broker listens
 * @param port where the broker listens for phones; operators have the next one, on the loopback
 * @param cassandra where Cassandra listens
 * @param cassandraOptions more options of {@code lethe cassandra}
 * @param brokerJdk the home of the broker's Java; null for the one of this process
 * @param brokerJava options of the broker's Java process
 * @param brokerSettings keys of the broker's reference.conf that shall differ
 */
public record InstallationPlan(
        Path directory,
        InetAddress broker,
        int port,
        InetAddress cassandra,
        List<String> cassandraOptions,
        @Nullable Path brokerJdk,
        List<String> brokerJava,
        Map<String, String> brokerSettings) {
    /** As the launcher starts a broker. */
    private static final List<String> SHIPPED_JAVA =
            List.of("-XX:+UseParallelGC", "-XX:-UseAdaptiveSizePolicy", "-Xmn256m", "-XX:MaxTenuringThreshold=1");

    private static final int PORT = 8080;
    private static final int CQL_PORT = 9042;
    private static final int STORAGE_PORT = 7000;

    public InstallationPlan {
        directory = directory.toAbsolutePath().normalize();
        cassandraOptions = List.copyOf(cassandraOptions);
        brokerJava = List.copyOf(brokerJava);
        brokerSettings = new TreeMap<>(brokerSettings);
    }

    /**
     * On loopback addresses of its own; the broker runs with the shipped settings, but for phones whose addresses are
     * drawn by chance.
     */
    public static InstallationPlan in(Path directory) throws IOException {
        return new InstallationPlan(
                directory,
                Loopback.free(PORT, PORT + 1),
                PORT,
                Loopback.free(CQL_PORT, STORAGE_PORT),
                List.of(),
                null,
                SHIPPED_JAVA,
                Map.of("lethe.registration.open", "on"));
    }

    public InstallationPlan withBrokerAt(InetAddress address, int otherPort) {
        return new InstallationPlan(
                directory, address, otherPort, cassandra, cassandraOptions, brokerJdk, brokerJava, brokerSettings);
    }

    public InstallationPlan withCassandraAt(InetAddress address) {
        return new InstallationPlan(
                directory, broker, port, address, cassandraOptions, brokerJdk, brokerJava, brokerSettings);
    }

    /** For a Cassandra that is started often and has little to do. */
    public InstallationPlan withQuickCassandra() {
        return withCassandraOption("--quick");
    }

    /** For a Cassandra whose heap the JDK's tools shall dump. */
    public InstallationPlan withAttachableCassandra() {
        return withCassandraOption("--attach");
    }

    private InstallationPlan withCassandraOption(String option) {
        List<String> options = new ArrayList<>(cassandraOptions);
        options.add(option);
        return new InstallationPlan(directory, broker, port, cassandra, options, brokerJdk, brokerJava, brokerSettings);
    }

    public InstallationPlan withBrokerJava(String... options) {
        return new InstallationPlan(
                directory, broker, port, cassandra, cassandraOptions, brokerJdk, List.of(options), brokerSettings);
    }

    /**
     * With another Java for the broker.
     *
     * @param home as in JAVA_HOME
     */
    public InstallationPlan withBrokerJdk(Path home) {
        return new InstallationPlan(
                directory, broker, port, cassandra, cassandraOptions, home, brokerJava, brokerSettings);
    }

    public InstallationPlan with(String key, String value) {
        Map<String, String> settings = new TreeMap<>(brokerSettings);
        settings.put(key, value);
        return new InstallationPlan(
                directory, broker, port, cassandra, cassandraOptions, brokerJdk, brokerJava, settings);
    }

    Path cassandraDirectory() {
        return directory.resolve("cassandra");
    }

    List<String> cassandraArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "cassandra", "--data", cassandraDirectory().toString(), "--address", cassandra.getHostAddress()));
        arguments.addAll(cassandraOptions);
        return arguments;
    }

    List<String> brokerArguments(String cassandraEndpoint) {
        List<String> arguments = new ArrayList<>(List.of(
                "broker",
                "--address",
                broker.getHostAddress(),
                "--port",
                Integer.toString(port),
                "--admin-port",
                Integer.toString(port + 1),
                "-Dlethe.edge.admin.host=" + adminHost(),
                "--data",
                directory.resolve("broker").toString(),
                "--cassandra",
                cassandraEndpoint));
        brokerSettings.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        return arguments;
    }

    /** Not for phones: never anywhere but on the loopback. */
    private String adminHost() {
        return (broker.isLoopbackAddress() ? broker : InetAddress.getLoopbackAddress()).getHostAddress();
    }
}
