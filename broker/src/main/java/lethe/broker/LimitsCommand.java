package lethe.broker;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe admin limits}: the limits of a node, and how often each was exhausted. */
@Command(
        name = "limits",
        mixinStandardHelpOptions = true,
        description = "Shows the limits of a node, and how often each was exhausted since it started.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:They were shown.", "2:No broker answered."})
final class LimitsCommand implements Callable<Integer> {
    private static final int NO_BROKER = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--broker",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8081",
            description = "A broker's port for operators. Default: ${DEFAULT-VALUE}")
    private URI broker = URI.create("http://127.0.0.1:8081");

    @Option(names = "--json", description = "Prints one object on one line instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        try {
            PrintWriter out = spec.commandLine().getOut();
            out.println(new OperatorsPort(broker).limits(json));
            out.flush();
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("lethe admin limits: " + e.getMessage());
            spec.commandLine().getErr().flush();
            return NO_BROKER;
        }
    }
}
