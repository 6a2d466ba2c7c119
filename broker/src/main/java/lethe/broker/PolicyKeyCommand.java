package lethe.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lethe admin policy key}: makes the key that raises the policy. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description = "Makes the operator's policy key, and prints its public key: for lethe.policy.key of all brokers,"
                + " and for phones to pin.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:The key is there.", "78:It could not be written, or there is one."},
        footer = {"", "Whoever has the file can switch everybody off. Keep it away from the brokers."})
final class PolicyKeyCommand implements Callable<Integer> {
    private static final int UNUSABLE = 78;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The file to make, readable by you only. Never overwritten.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        try {
            String key = PolicyKeyFile.make(file).bytes().toText();
            spec.commandLine().getOut().println(key);
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("lethe admin policy key: " + e.getMessage());
            spec.commandLine().getErr().flush();
            return UNUSABLE;
        }
    }
}
