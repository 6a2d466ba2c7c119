package lethe.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LookupKeyCommandTest {
    @TempDir
    private Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Phones have pinned it: it stays what it is. */
    @Test
    void printsTheKeyOfTheInstallation() throws Exception {
        Files.write(data.resolve("identity.key"), HexFormat.of().parseHex("0f".repeat(32)));

        assertThat(lookupKey()).isZero();
        String printed = out.toString().strip();
        assertThat(new DeviceKey(Opaque.fromText(printed)).bytes().toText())
                .isEqualTo("3Ye2d7JMON7fvWsaald89yvp_H94zOz9LWLP9g0-dw0");
    }

    @Test
    void makesNoInstallation() {
        assertThat(lookupKey()).isEqualTo(2);
        assertThat(err.toString()).contains("identity.key");
        assertThat(data.resolve("identity.key")).doesNotExist();
    }

    @Test
    void refusesSettingsThatDoNotExist() {
        assertThat(lookupKey("-D", "lethe.lookup.often=1")).isEqualTo(78);
        assertThat(err.toString()).contains("lethe.lookup.often");
    }

    private int lookupKey(String... more) {
        CommandLine command = new CommandLine(new AdminCommand());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        String[] arguments = new String[3 + more.length];
        arguments[0] = "lookup-key";
        arguments[1] = "-D";
        arguments[2] = "lethe.data=" + data;
        System.arraycopy(more, 0, arguments, 3, more.length);
        return command.execute(arguments);
    }
}
