package lethe.persistence.hygiene;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import lethe.persistence.cassandra.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every node of Cassandra that the broker uses, at its tables, at this machine and at this Java.
 *
 * <p>The nodes of other datacentres are not asked: nothing connects to them.
 */
public final class Hygiene {
    private static final Logger LOG = LoggerFactory.getLogger(Hygiene.class);
    private static final String MACHINE = "this machine";
    private static final String JAVA = "this Java";
    private static final String SETTINGS = "SELECT name, value FROM system_views.settings";
    private static final String TABLES = "SELECT * FROM system_schema.tables WHERE keyspace_name = '%s'";
    private static final String KEYSPACE =
            "SELECT durable_writes FROM system_schema.keyspaces WHERE keyspace_name = '%s'";

    private final Database database;

    private Hygiene(Database database) {
        this.database = database;
    }

    /** What there is to change; empty when all is well. Never fails: what cannot be looked at is a finding. */
    public static CompletionStage<List<Finding>> look(Database database) {
        var hygiene = new Hygiene(database);
        return hygiene.servers()
                .thenCombine(hygiene.tables(), Hygiene::joined)
                .thenApply(stored -> joined(stored, machine(Path.of("/"))))
                .thenApply(outside -> joined(outside, java()));
    }

    /** Tells the operator, one line for each. */
    public static void warn(List<Finding> findings) {
        findings.forEach(finding -> LOG.warn("{}", finding));
    }

    /** What is the same on several nodes is one finding. */
    private CompletionStage<List<Finding>> servers() {
        CompletionStage<Map<String, List<String>>> all = CompletableFuture.completedFuture(new LinkedHashMap<>());
        for (var node : database.nodes()) {
            all = all.thenCombine(server(node), (found, advice) -> {
                advice.forEach(one -> found.computeIfAbsent(one, first -> new ArrayList<>())
                        .add(node.getEndPoint().toString()));
                return found;
            });
        }
        return all.thenApply(found -> found.entrySet().stream()
                .map(one -> new Finding("Cassandra at " + String.join(", ", one.getValue()), one.getKey()))
                .toList());
    }

    private CompletionStage<List<String>> server(Node node) {
        var longestHints = database.settings().retention();
        return database.ask(node, SETTINGS)
                .thenApply(rows -> new ServerRules(settings(rows), longestHints).advice())
                .exceptionally(failure -> List.of(unseen("system_views.settings", failure)));
    }

    private CompletionStage<List<Finding>> tables() {
        var keyspace = database.settings().keyspace();
        var rules = new TableRules(
                keyspace, database.settings().gcGrace(), database.settings().retention());
        var where = "keyspace " + keyspace;
        return database.ask(KEYSPACE.formatted(keyspace))
                .thenApply(rows -> rows.stream()
                        .flatMap(row -> rules.advice(row.getBoolean("durable_writes")).stream())
                        .toList())
                .thenCombine(database.ask(TABLES.formatted(keyspace)), (advice, rows) -> {
                    var all = new ArrayList<>(advice);
                    rows.forEach(row -> all.addAll(rules.advice(options(row))));
                    return findings(where, all);
                })
                .exceptionally(failure -> findings(where, List.of(unseen("system_schema", failure))));
    }

    static List<Finding> machine(Path root) {
        try {
            return findings(MACHINE, MachineRules.advice(Machine.read(root)));
        } catch (IOException | NumberFormatException unlike) {
            return findings(
                    MACHINE, List.of("could not be looked at, for it shows no /proc; see to swap and cores yourself"));
        }
    }

    private static List<Finding> java() {
        var unseen = List.of("could not be looked at, for it does not tell its flags; see to heap dumps yourself");
        return findings(JAVA, JavaFlags.read().map(MachineRules::advice).orElse(unseen));
    }

    private static Map<String, String> settings(List<Row> rows) {
        var settings = new LinkedHashMap<String, String>();
        for (var row : rows) {
            Optional.ofNullable(row.getString("value")).ifPresent(value -> settings.put(row.getString("name"), value));
        }
        return settings;
    }

    private static TableOptions options(Row row) {
        var caching = row.getMap("caching", String.class, String.class);
        return new TableOptions(
                Optional.ofNullable(row.getString("table_name")).orElse(""),
                Duration.ofSeconds(row.getInt("gc_grace_seconds")),
                Duration.ofSeconds(row.getInt("default_time_to_live")),
                caching != null
                        && !caching.getOrDefault("rows_per_partition", "NONE").equals("NONE"),
                row.getColumnDefinitions().contains("cdc") && row.getBoolean("cdc"));
    }

    private static String unseen(String what, Throwable failure) {
        var cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return cause instanceof UnauthorizedException
                ? what + " could not be looked at; give the broker's role SELECT on it, or see to it yourself"
                : what + " could not be looked at (" + cause.getClass().getSimpleName() + "); see to it yourself";
    }

    private static List<Finding> findings(String where, List<String> advice) {
        return advice.stream().map(one -> new Finding(where, one)).toList();
    }

    private static List<Finding> joined(List<Finding> some, List<Finding> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
