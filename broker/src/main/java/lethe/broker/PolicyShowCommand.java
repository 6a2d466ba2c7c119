package lethe.broker;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import lethe.core.protocol.Bodies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe admin policy show}: what phones must agree to now. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows the policy that is in force on a node.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:It was shown.", "2:No broker answered."})
final class PolicyShowCommand implements Callable<Integer> {
    private static final int NO_BROKER = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--broker",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8081",
            description = "A broker's port for operators. Default: ${DEFAULT-VALUE}")
    private URI broker = URI.create("http://127.0.0.1:8081");

    @Option(names = "--text", description = "Prints the text as well.")
    private boolean text;

    @Override
    public Integer call() throws InterruptedException {
        try {
            show(new OperatorsPort(broker).policy());
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("lethe admin policy show: " + e.getMessage());
            spec.commandLine().getErr().flush();
            return NO_BROKER;
        }
    }

    private void show(Bodies.PolicyInForce policy) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("epoch      " + policy.epoch());
        out.println("text hash  " + policy.textHash().toText());
        out.println("signed     " + (policy.at() == null ? "no: it is from the settings" : policy.at()));
        if (text) {
            out.println();
            out.println(policy.text().strip());
        }
        out.flush();
    }
}
