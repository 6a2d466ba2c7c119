package lethe.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine lethe =
            Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void everyCommandExplainsItself() {
        for (var command : lethe.getSubcommands().values()) {
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(command.getCommandName())
                    .isNotEmpty();
            if (!command.getCommandName().equals("help")) {
                assertThat(lethe.execute(command.getCommandName(), "--help")).isZero();
                assertThat(out.toString()).contains("lethe " + command.getCommandName());
            }
        }
    }

    @Test
    void helpGoesToStandardOutputAndEndsWell() {
        assertThat(lethe.execute("--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: lethe").contains("generate-completion");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void nothingAskedIsAnsweredWithUsageOnStandardError() {
        assertThat(lethe.execute()).isEqualTo(2);
        assertThat(err.toString()).startsWith("Usage: lethe");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anUnknownCommandIsRefusedByName() {
        assertThat(lethe.execute("forget-me-not")).isEqualTo(2);
        assertThat(err.toString()).contains("forget-me-not");
    }

    @Test
    void completionKnowsEveryCommand() {
        assertThat(lethe.execute("generate-completion")).isZero();
        assertThat(out.toString()).contains(lethe.getSubcommands().keySet());
    }

    @Test
    void versionNamesTheProgram() {
        assertThat(lethe.execute("--version")).isZero();
        assertThat(out.toString()).startsWith("lethe ");
    }
}
