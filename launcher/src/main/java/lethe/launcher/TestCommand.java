package lethe.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * The command {@code lethe test}, here for help and completion: the launcher script does the work, because a running
 * program cannot rebuild itself.
 */
@Command(
        name = "test",
        description = {
            "Builds everything and runs every check that CI runs.",
            "Further arguments go to Maven, for example: -pl core -am"
        },
        mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Unmatched
    private final List<String> mavenArguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = System.getProperty("lethe.home");
        if (home == null) {
            throw new ParameterException(spec.commandLine(), "lethe test runs in a checkout: start it as ./lethe test");
        }
        var script = new ArrayList<>(List.of(Path.of(home, "lethe").toString(), "test"));
        script.addAll(mavenArguments);
        return new ProcessBuilder(script).inheritIO().start().waitFor();
    }
}
