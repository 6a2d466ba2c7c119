package lethe.loadtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import lethe.loadtest.bench.BrokerOptions;
import lethe.loadtest.bench.Curves;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe bench curves}: how the cost of a message grows with pairs, payload and what waits. */
@Command(
        name = "curves",
        mixinStandardHelpOptions = true,
        description = "Measures ten points, one after the other: more pairs, larger payloads, longer queues.")
public final class BenchCurvesCommand implements Callable<Integer> {
    private static final List<String> COLUMNS = List.of(
            "bench",
            "pairs",
            "payload",
            "waiting",
            "msg_per_s",
            "broker_cpu_ms_per_1000",
            "store_cpu_ms_per_1000",
            "stored_broker_cpu_ms_per_1000",
            "drained_broker_cpu_ms_per_1000",
            "p50_us",
            "p99_us",
            "disk_bytes_per_msg",
            "lost");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Option(
            names = "--most-pairs",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Leave out what has more. Default: ${DEFAULT-VALUE}")
    private int mostPairs;

    @Option(names = "--json", description = "Print a JSON object for each point instead of the table.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        try {
            if (!json) {
                print(String.join(" | ", COLUMNS));
            }
            return new Curves(broker, mostPairs, this::progress).run(this::print) ? 0 : 1;
        } catch (IOException failed) {
            progress("lethe bench curves: " + failed.getMessage());
            return 1;
        }
    }

    private void print(Map<String, @Nullable Object> figures) {
        try {
            print(json ? new JsonMapper().writeValueAsString(figures) : row(figures));
        } catch (JsonProcessingException defect) {
            throw new UncheckedIOException(defect);
        }
    }

    private static String row(Map<String, @Nullable Object> figures) {
        return String.join(
                " | ",
                COLUMNS.stream()
                        .map(column -> String.valueOf(figures.getOrDefault(column, "-")))
                        .toList());
    }

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private void progress(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
