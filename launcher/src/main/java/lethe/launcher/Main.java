package lethe.launcher;

import java.util.concurrent.Callable;
import lethe.broker.AdminCommand;
import lethe.broker.BrokerCommand;
import lethe.device.phone.PhoneCommand;
import lethe.loadtest.BenchCommand;
import lethe.loadtest.DemoCommand;
import lethe.loadtest.DevCommand;
import lethe.loadtest.DrillCommand;
import lethe.loadtest.LoadtestCommand;
import lethe.persistence.local.CassandraCommand;
import lethe.registrar.gateway.GatewayCommand;
import lethe.registrar.sms.centre.CentreCommand;
import lethe.registrar.tagger.TaggerCommand;
import lethe.registrar.verifier.VerifierCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code lethe}: the list of all commands, each in the module that owns it.
 *
 * <p>Ends with the exit code of the command that ran: 0 when it did what was asked, 2 when it was asked wrongly.
 */
@Command(
        name = "lethe",
        description = "Carries messages between phones over IP, falls back to SMS, and forgets.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            // One line for each command of a module, in the order in which --help shows them.
            DemoCommand.class,
            DevCommand.class,
            PhoneCommand.class,
            BrokerCommand.class,
            AdminCommand.class,
            TaggerCommand.class,
            VerifierCommand.class,
            GatewayCommand.class,
            CentreCommand.class,
            CassandraCommand.class,
            DrillCommand.class,
            BenchCommand.class,
            LoadtestCommand.class,
            TestCommand.class,
            GenerateCompletion.class,
            HelpCommand.class,
        })
public final class Main implements Callable<Integer> {
    private static final String COMMON_PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] arguments) {
        shareThreads();
        System.exit(commandLine().execute(arguments));
    }

    /**
     * On one or two processors Java's common pool has one thread at most, and then every asynchronous step of a
     * completion stage gets a new thread: one for each HTTP request that a broker serves. Two make it a pool.
     */
    private static void shareThreads() {
        if (Runtime.getRuntime().availableProcessors() <= 2 && System.getProperty(COMMON_PARALLELISM) == null) {
            System.setProperty(COMMON_PARALLELISM, "2");
        }
    }

    /** The whole program as picocli sees it; tests and completion read it too. */
    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
