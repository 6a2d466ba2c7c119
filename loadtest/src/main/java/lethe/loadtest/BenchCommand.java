package lethe.loadtest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import lethe.loadtest.bench.Bench;
import lethe.loadtest.bench.BenchOptions;
import lethe.loadtest.peers.relay.RelayCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe bench}: what messages and connections cost a broker. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {BenchCurvesCommand.class, CompareCommand.class, RelayCommand.class},
        description = "Measures what a message costs the broker: processor time, latency, memory, disk (Linux only).")
public final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(names = "--json", description = "Print one JSON object at the end; nothing else on standard output.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        try {
            Bench.Result result = new Bench(options, this::progress).run();
            print(result.figures());
            return result.passed() ? 0 : 1;
        } catch (IOException failed) {
            progress("lethe bench: " + failed.getMessage());
            return 1;
        }
    }

    private void print(Map<String, @Nullable Object> figures) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new JsonMapper().writeValueAsString(figures));
        } else {
            figures.forEach((figure, value) -> out.printf("%-28s %s%n", figure, value));
        }
        out.flush();
    }

    private void progress(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
