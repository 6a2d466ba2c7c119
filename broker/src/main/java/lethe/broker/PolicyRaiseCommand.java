package lethe.broker;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe admin policy raise}: signs the next policy and puts it in force. */
@Command(
        name = "raise",
        mixinStandardHelpOptions = true,
        description =
                "Signs a policy with the next epoch, and puts it in force on all nodes. At once everybody counts as"
                        + " absent: sockets close with 4403, what waits is rejected, and phones come back when their owners"
                        + " have agreed to the new text.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:It is in force on all nodes that can be reached.",
            "1:The broker refused it, or some node has not said yet that it has it: say it again.",
            "2:No broker answered.",
            "78:The text or the key cannot be used."
        },
        footer = {"", "There is no way back to a lower epoch."})
final class PolicyRaiseCommand implements Callable<Integer> {
    private static final int REFUSED = 1;
    private static final int NO_BROKER = 2;
    private static final int UNUSABLE = 78;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--text", required = true, paramLabel = "FILE", description = "What phones show, in UTF-8.")
    private Path text = Path.of("");

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The operator's policy key, as `lethe admin policy key` made it.")
    private Path key = Path.of("");

    @Option(
            names = "--broker",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8081",
            description = "A broker's port for operators. Default: ${DEFAULT-VALUE}")
    private URI broker = URI.create("http://127.0.0.1:8081");

    @Option(
            names = "--epoch",
            paramLabel = "N",
            description = "Its epoch. Default: one more than what is in force. With the one in force and its very text,"
                    + " that policy is signed, and nobody is switched off.")
    private @Nullable Long epoch;

    @Override
    public Integer call() throws InterruptedException {
        String policy;
        PolicyKeyFile operator;
        try {
            operator = PolicyKeyFile.read(key);
            policy = Files.readString(text);
        } catch (CharacterCodingException e) {
            return complain("the text in " + text + " is not UTF-8", UNUSABLE);
        } catch (IOException e) {
            return complain(String.valueOf(e.getMessage()), UNUSABLE);
        }
        if (epoch != null && epoch < 1) {
            return complain("epochs start at 1", UNUSABLE);
        }
        try {
            return raise(new OperatorsPort(broker), operator, policy);
        } catch (IOException e) {
            return complain(String.valueOf(e.getMessage()), NO_BROKER);
        }
    }

    private int raise(OperatorsPort port, PolicyKeyFile operator, String policy)
            throws IOException, InterruptedException {
        long next = epoch == null ? port.policy().epoch() + 1 : epoch;
        Optional<Problem> problem = port.raise(Bodies.PolicyInForce.of(
                operator.sign(next, policy, Clock.systemUTC().instant())));
        if (problem.isPresent()) {
            return complain(words(problem.get()), REFUSED);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("policy epoch " + next + " is in force");
        out.flush();
        return 0;
    }

    private static String words(Problem problem) {
        String detail = problem.detail() == null ? "" : " (" + problem.detail() + ")";
        String limit = problem.limit() == null ? "" : " The limit is " + problem.limit() + " bytes.";
        return problem.type().title() + detail + limit;
    }

    private int complain(String text, int exitCode) {
        spec.commandLine().getErr().println("lethe admin policy raise: " + text);
        spec.commandLine().getErr().flush();
        return exitCode;
    }
}
