package lethe.persistence.local;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code lethe cassandra rows}: counts the rows of every table, by asking Cassandra and not the broker.
 *
 * <p>Reads whole tables: for small installations, the demo and tests.
 */
@Command(
        name = "rows",
        mixinStandardHelpOptions = true,
        description = "Prints how many rows each of Lethe's tables has, as one line of JSON.")
public final class RowsCommand implements Callable<Integer> {

    private static final Pattern HOST_AND_PORT = Pattern.compile("\\[?(.+?)]?:(\\d{1,5})");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Spec
    private @Nullable CommandSpec spec;

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

    @Option(names = "--each-line", description = "Count again for each line on standard input, until it ends.")
    private boolean eachLine;

    @Override
    public Integer call() throws IOException {
        var node = HOST_AND_PORT.matcher(contact);
        if (!node.matches()) {
            throw new ParameterException(commandLine(), "--contact is not IP:PORT: " + contact);
        }
        if (!NAME.matcher(keyspace).matches()) {
            throw new ParameterException(commandLine(), "--keyspace is not a name: " + keyspace);
        }
        var address = new InetSocketAddress(node.group(1), Integer.parseInt(node.group(2)));
        try (var session = CqlSession.builder()
                .addContactPoint(address)
                .withLocalDatacenter(datacenter)
                .withConfigLoader(driverOptions())
                .build()) {
            print(session);
            if (eachLine) {
                var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                while (lines.readLine() != null) {
                    print(session);
                }
            }
        }
        return 0;
    }

    private void print(CqlSession session) throws IOException {
        commandLine().getOut().println(new JsonMapper().writeValueAsString(count(session)));
        commandLine().getOut().flush();
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

    private SortedMap<String, Long> count(CqlSession session) {
        var rows = new TreeMap<String, Long>();
        var tables = SimpleStatement.newInstance(
                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", keyspace);
        for (var table : session.execute(tables)) {
            var name = table.getString("table_name");
            var row = session.execute("SELECT count(*) FROM " + keyspace + "." + name)
                    .one();
            rows.put(name, row == null ? 0 : row.getLong(0));
        }
        return rows;
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return spec.commandLine();
    }
}
