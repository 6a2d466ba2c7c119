package lethe.broker;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import lethe.persistence.audit.Lifetimes;
import lethe.persistence.audit.RetentionAuditor;
import lethe.persistence.audit.RetentionReport;
import lethe.persistence.cassandra.CassandraSettings;
import lethe.persistence.cassandra.Database;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe admin retention}: counts what is stored, by asking Cassandra and not the broker. */
@Command(
        name = "retention",
        mixinStandardHelpOptions = true,
        description = "Counts what is stored of subscribers, and what of it should not be there any more.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Nothing is stored that should not be.",
            "1:Something is.",
            "2:The store could not be asked.",
            "78:The configuration is unusable."
        },
        footer = {"", "Reads all rows' keys and times, never what they say. Writes nothing."})
final class RetentionCommand implements Callable<Integer> {
    private static final int OVERDUE = 1;
    private static final int NO_STORE = 2;
    private static final int UNUSABLE_CONFIGURATION = 78;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "-c", paramLabel = "FILE", description = "The broker's settings, as for `lethe broker`.")
    private @Nullable Path file;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "One setting, for example -D lethe.store.contact-points.0=10.0.0.1:9042.")
    private Map<String, String> single = new LinkedHashMap<>();

    @Option(names = "--json", description = "Prints one object on one line instead of a table.")
    private boolean json;

    @Override
    public Integer call() {
        try {
            Config config = Configuration.of(single, Optional.ofNullable(file));
            CassandraSettings store = CassandraSettings.from(config);
            Lifetimes lifetimes =
                    Lifetimes.of(store, BrokerSettings.from(config).terms().lifetime());
            RetentionReport report =
                    audit(store, lifetimes).toCompletableFuture().join();
            say(json ? report.toJson() : RetentionTable.of(report));
            return report.overdue() == 0 ? 0 : OVERDUE;
        } catch (IllegalArgumentException | ConfigException e) {
            return refuse(UNUSABLE_CONFIGURATION, e);
        } catch (CompletionException e) {
            return refuse(NO_STORE, e.getCause() == null ? e : e.getCause());
        }
    }

    private static CompletionStage<RetentionReport> audit(CassandraSettings store, Lifetimes lifetimes) {
        return Database.openAtOnce(store)
                .thenCompose(database -> RetentionAuditor.prepare(database, lifetimes, Clock.systemUTC())
                        .thenCompose(RetentionAuditor::audit)
                        .whenComplete((report, failure) -> database.closeAsync()));
    }

    private int refuse(int code, Throwable cause) {
        PrintWriter err = spec().commandLine().getErr();
        err.println("lethe admin retention: " + cause.getMessage());
        err.flush();
        return code;
    }

    private void say(String text) {
        PrintWriter out = spec().commandLine().getOut();
        out.println(text);
        out.flush();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return spec;
    }
}
