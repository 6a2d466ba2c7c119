package lethe.broker;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lethe admin policy}: what operators do about the policy. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Shows the policy in force, and raises it: everybody is off until they opt in anew.",
        subcommands = {PolicyKeyCommand.class, PolicyRaiseCommand.class, PolicyShowCommand.class})
final class PolicyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
