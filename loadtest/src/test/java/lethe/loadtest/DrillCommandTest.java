package lethe.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** What cannot be drilled is refused before anything is started. */
class DrillCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void killsNobodyInARunThatProvesNothing() {
        assertThat(run("kill", "--pairs", "1")).isEqualTo(ExitCode.USAGE);
        assertThat(run("kill", "--pairs", "50", "--messages", "99")).isEqualTo(ExitCode.USAGE);
        assertThat(run("kill", "--victims", "broker,phone")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void sendsNoSmsInARunThatProvesNothing() {
        assertThat(run("sms", "--pairs", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run("sms", "--pairs", "50", "--messages", "49")).isEqualTo(ExitCode.USAGE);
        assertThat(run("sms", "--modes", "none")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void seizesNothingInARunThatProvesNothing() {
        assertThat(run("seizure", "--pairs", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run("seizure", "--epoch", "soon")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void capturesNothingInARunThatProvesNothing() {
        assertThat(run("capture", "--contacts", "1")).isEqualTo(ExitCode.USAGE);
        assertThat(run("capture", "--contacts", "1001")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void attacksNothingInARunThatProvesNothing() {
        assertThat(run("envelopes", "--count", "99")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--count: 100 or more").doesNotContain("\tat ");
    }

    @Test
    void tellsInItsLastLineThatNoEnvelopeGotPast() {
        assertThat(run("envelopes", "--count", "130", "--seed", "3", "--json")).isZero();
        assertThat(out.toString().strip().lines().reduce("", (one, next) -> next))
                .startsWith("{\"drill\":\"envelopes\",\"passed\":true,\"tried\":130,\"accepted\":0,");
    }

    @Test
    void simulatesNothingThatProvesNothing() {
        assertThat(run("simulation", "--steps", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run("simulation", "--runs", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run("simulation", "--phones", "1")).isEqualTo(ExitCode.USAGE);
        assertThat(run("simulation", "--faults", "earthquakes")).isEqualTo(ExitCode.USAGE);
        assertThat(run("simulation", "--faults", "keys,short-lives")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("none of them is earthquakes").doesNotContain("\tat ");
    }

    @Test
    void tellsInItsLastLineThatEveryPromiseWasKept() {
        assertThat(run("simulation", "--seed", "5", "--steps", "2000", "--runs", "2", "--json"))
                .isZero();
        assertThat(out.toString().strip())
                .startsWith("{\"drill\":\"simulation\",\"passed\":true,\"seed\":5,\"steps\":2000,\"messages\":")
                .contains("\"lost\":0,\"reordered\":0,\"duplicated\":0,\"double_channel\":0,")
                .hasLineCount(1);
    }

    @Test
    void keepsNothingWhereSomethingIs(@TempDir Path kept) throws Exception {
        Files.writeString(kept.resolve("stream-0.bin"), "of an earlier drill");
        assertThat(run("seizure", "--keep", kept.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(run("capture", "--keep", kept.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("is not empty");
    }

    private int run(String... arguments) {
        return new CommandLine(new DrillCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
