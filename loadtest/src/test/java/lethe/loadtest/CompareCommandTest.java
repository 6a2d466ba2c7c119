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

class CompareCommandTest {
    private static final String FIGURES = """
            {"date": "2026-11-22", "command": "./lethe bench compare",
             "machine": {"processor": "A Processor", "cores": 2, "kernel": "Linux 6.1", "java": "17"},
             "versions": {"relay": "Java 17"}, "failures": [],
             "medians": [{"part": "CLOSED", "broker": "relay", "pairs": 100, "figures": {"msg_per_s": 1000.0}}],
             "rounds": []}
            """;

    @TempDir
    Path docs;

    private final StringWriter err = new StringWriter();

    @Test
    void knowsNoBrokerButThoseInItsHelp() {
        assertThat(run("--only", "relay,nobody")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("there is no broker named nobody");
    }

    @Test
    void refusesAComparisonOfNothing() {
        assertThat(run("--pairs", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--rounds", "0")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void writesTablesAndChartAnewFromTheFiguresThatAreThere() throws Exception {
        Files.createDirectory(docs.resolve("performance"));
        Files.writeString(docs.resolve("performance").resolve("compare.json"), FIGURES);
        assertThat(run("--render", "--docs", docs.toString())).isEqualTo(ExitCode.OK);
        assertThat(docs.resolve("performance.md")).content().contains("| relay Java 17 | – | – | 1,000 |");
        assertThat(docs.resolve("performance").resolve("compare.svg")).content().startsWith("<svg");
    }

    private int run(String... arguments) {
        return new CommandLine(new CompareCommand())
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
