package lethe.broker;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lethe admin}: the list of what operators ask an installation. */
@Command(
        name = "admin",
        mixinStandardHelpOptions = true,
        description = "Asks an installation what operators want to know, and tells it what they decide.",
        subcommands = {RetentionCommand.class, LimitsCommand.class, PolicyCommand.class, LookupKeyCommand.class})
public final class AdminCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
