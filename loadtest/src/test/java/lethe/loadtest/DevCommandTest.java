package lethe.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** What the broker of a development installation is told, without starting it. */
class DevCommandTest {
    private static final String KEY = "A".repeat(43);

    private final DevCommand command = new DevCommand();
    private final StringWriter err = new StringWriter();

    @Test
    void hasTheBrokerTakeTheOperatorsPolicies(@TempDir Path data) throws Exception {
        new CommandLine(command).parseArgs("--data", data.toString(), "--policy-key", KEY);

        assertThat(command.plan("a verifier", "a gateway").brokerSettings())
                .containsEntry("lethe.policy.key", KEY)
                .containsEntry("lethe.registration.verifiers.0", "a verifier")
                .containsEntry("lethe.gateway.url", "a gateway");
    }

    @Test
    void hasItTakeNobodysUnlessTold(@TempDir Path data) throws Exception {
        new CommandLine(command).parseArgs("--data", data.toString());

        assertThat(command.plan("a verifier", "a gateway").brokerSettings()).doesNotContainKey("lethe.policy.key");
    }

    @Test
    void startsNothingWithAKeyThatIsNone(@TempDir Path data) {
        for (String nonsense : new String[] {"AAAA", KEY + "AAAA", "not a key"}) {
            int code = new CommandLine(command)
                    .setErr(new PrintWriter(err))
                    .execute("--data", data.toString(), "--policy-key", nonsense);

            assertThat(code).isEqualTo(ExitCode.USAGE);
        }
        assertThat(err.toString()).contains("32 bytes").doesNotContain("\tat ", "AAAA");
        assertThat(data).isEmptyDirectory();
    }
}
