package lethe.loadtest;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import lethe.loadtest.demo.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe demo}: the story of Lethe, on real parts. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts a real Cassandra and a broker, tells what Lethe promises, and verifies each step.",
        footer = {"", "Exit code: 0 if every step was verified, 1 if not."})
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--json",
            description = "Print one JSON object per step and a last one; nothing else on standard output.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        return (json ? Demo.forPrograms(out, err) : Demo.forPeople(out)).run() ? 0 : 1;
    }
}
