package lethe.persistence.local;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that name a node of Cassandra and a keyspace, and a session with that node for a few questions. */
final class NodeOptions {

    private static final Pattern HOST_AND_PORT = Pattern.compile("\\[?(.+?)]?:(\\d{1,5})");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(
            names = "--contact",
            paramLabel = "IP:PORT",
            required = true,
            description = "A node, as `lethe cassandra` printed it.")
    private String contact = "";

    @Option(
            names = "--keyspace",
            paramLabel = "NAME",
            defaultValue = "lethe",
            description = "Whose tables (default ${DEFAULT-VALUE}).")
    private String keyspace = "lethe";

    @Option(
            names = "--datacenter",
            paramLabel = "NAME",
            defaultValue = "datacenter1",
            description = "Of the node (default ${DEFAULT-VALUE}).")
    private String datacenter = "datacenter1";

    String keyspace() {
        return keyspace;
    }

    /** Connects; refuses what is not an address or a name, in the words of the command. */
    CqlSession connect(CommandLine command) {
        var node = HOST_AND_PORT.matcher(contact);
        if (!node.matches()) {
            throw new ParameterException(command, "--contact is not IP:PORT: " + contact);
        }
        if (!NAME.matcher(keyspace).matches()) {
            throw new ParameterException(command, "--keyspace is not a name: " + keyspace);
        }
        return CqlSession.builder()
                .addContactPoint(new InetSocketAddress(node.group(1), Integer.parseInt(node.group(2))))
                .withLocalDatacenter(datacenter)
                .withConfigLoader(driverOptions())
                .build();
    }

    private static DriverConfigLoader driverOptions() {
        return DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, PATIENCE)
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, PATIENCE)
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, PATIENCE)
                .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                .withInt(DefaultDriverOption.NETTY_IO_SIZE, 1)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
                // Nothing is under way when this ends, so nothing needs to be waited for.
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .build();
    }
}
