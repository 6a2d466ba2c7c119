package lethe.loadtest;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lethe drill}: the list of drills. */
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = "Breaks a whole installation on purpose, and checks what it promised.",
        subcommands = {
            KillCommand.class,
            SmsCommand.class,
            SeizureCommand.class,
            CaptureCommand.class,
            EnvelopesCommand.class,
            SimulationCommand.class
        })
public final class DrillCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
