package lethe.registrar.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import lethe.client.sealing.PinnedVerifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What an operator types, and is told. */
class VerifierCommandTest {
    private static final String PINNED = "1:A2sX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKW";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private String key;

    @BeforeEach
    void name() {
        key = directory.resolve("verifier.key").toString();
    }

    @Test
    void makesKeysAndPrintsWhatPhonesPin() throws IOException {
        assertThat(run("--key", key, "--make-key")).isZero();

        String text = Files.readString(Path.of(key));
        VerifierKeyring keys = VerifierKeyring.fromLines(text).orElseThrow();
        assertThat(PinnedVerifier.fromText(out.toString().strip().substring("key ".length())))
                .contains(keys.pinned());
        assertThat(keys.toLines()).isEqualTo(text);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(key))))
                .isEqualTo("rw-------");
        assertThat(run("--key", key, "--make-key")).isEqualTo(78);
        assertThat(err.toString()).contains("never overwritten");
    }

    @Test
    void doesNotUseKeysThatOthersCanReadOrThatAreNone() throws IOException {
        assertThat(run("--key", key)).isEqualTo(78);
        assertThat(err.toString()).contains("there is no file");
        Files.writeString(Path.of(key), "opening SECRET\n");
        Files.setPosixFilePermissions(Path.of(key), PosixFilePermissions.fromString("rw-------"));
        assertThat(run("--key", key)).isEqualTo(78);
        assertThat(err.toString()).contains("does not hold").doesNotContain("SECRET");
        Files.setPosixFilePermissions(Path.of(key), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("--key", key)).isEqualTo(78);
        assertThat(err.toString()).contains("chmod 600");
    }

    @Test
    void sendsCodesBySmsOrIsToldToPrintThem() {
        assertThat(run("--key", key, "--make-key")).isZero();
        String[] taggers = {"--key", key, "--tagger", "http://127.0.0.1:1", "--pinned", PINNED};

        assertThat(run("--key", key, "--print-codes")).isEqualTo(78);
        assertThat(err.toString()).contains("--tagger");
        assertThat(run(taggers)).isEqualTo(78);
        assertThat(err.toString()).contains("--smpp FILE, or --print-codes");
    }

    @Test
    void showsTaggersOnlyCertificatesThatItCanRead() throws IOException {
        assertThat(run("--key", key, "--make-key")).isZero();
        String rubbish =
                Files.writeString(directory.resolve("rubbish"), "SECRET").toString();
        String[] taggers = {
            "--key",
            key,
            "--print-codes",
            "--tagger",
            "https://127.0.0.1:1",
            "--pinned",
            PINNED,
            "--tagger-certificate",
            rubbish,
            "--tagger-private-key",
            rubbish
        };

        assertThat(run(taggers)).isEqualTo(78);
        assertThat(err.toString()).contains("certificates that it can read").doesNotContain("SECRET");
        assertThat(run("--key", key, "--print-codes", "--tagger-certificate", rubbish))
                .isEqualTo(2);
    }

    @Test
    void showsItsKeyAgain() {
        assertThat(run("--key", key, "--make-missing-key", "--show-key")).isZero();
        String made = out.toString();
        assertThat(run("--key", key, "--show-key")).isZero();

        assertThat(out.toString()).isEqualTo(made + made).startsWith("key ");
    }

    @Test
    void listsTheBoundsWhenItIsGivenAnother() {
        assertThat(run("--key", key, "--make-key")).isZero();

        assertThat(run("--key", key, "--limit", "try=1")).isEqualTo(78);
        assertThat(err.toString()).contains("tries=1..10", "texts-a-minute=1..100000");
    }

    @Test
    void leavesTheLoopbackOnlyWithTls() {
        assertThat(run("--key", key, "--make-key")).isZero();

        assertThat(run("--key", key, "--address", "0.0.0.0", "--port", "0")).isEqualTo(78);
        assertThat(err.toString()).contains("--certificate");
    }

    private int run(String... arguments) {
        return new CommandLine(new VerifierCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
