package lethe.persistence.local;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Option(names = "--each-line", description = "Count again for each line on standard input, until it ends.")
    private boolean eachLine;

    @Override
    public Integer call() throws IOException {
        try (var session = node.connect(commandLine())) {
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

    private SortedMap<String, Long> count(CqlSession session) {
        var rows = new TreeMap<String, Long>();
        var tables = SimpleStatement.newInstance(
                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", node.keyspace());
        for (var table : session.execute(tables)) {
            var name = table.getString("table_name");
            var row = session.execute("SELECT count(*) FROM " + node.keyspace() + "." + name)
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
