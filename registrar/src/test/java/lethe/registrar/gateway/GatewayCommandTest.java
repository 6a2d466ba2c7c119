package lethe.registrar.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import lethe.client.sealing.GatewayKey;
import lethe.registrar.LimitsOfADocument;
import lethe.registrar.http.Certificates;
import lethe.registrar.process.NamedLimit;
import lethe.registrar.sms.centre.CentreCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What an operator types, and is told. */
class GatewayCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private String key;

    @BeforeEach
    void name() {
        key = directory.resolve("gateway.key").toString();
    }

    @Test
    void makesAKeyAndPrintsWhatPhonesPin() throws IOException {
        assertThat(run("--key", key, "--make-key")).isZero();

        GatewayKeyring keys =
                GatewayKeyring.fromLines(Files.readString(Path.of(key))).orElseThrow();
        assertThat(GatewayKey.fromText(out.toString().strip().substring("key ".length())))
                .contains(keys.pinned());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(key))))
                .isEqualTo("rw-------");
        assertThat(run("--key", key, "--make-key")).isEqualTo(78);
        assertThat(err.toString()).contains("never overwritten");
    }

    @Test
    void renewsItsKeyAndStillOpensWhatWasSealedToTheLastThree() throws IOException {
        assertThat(run("--key", key, "--make-key")).isZero();
        GatewayKeyring first =
                GatewayKeyring.fromLines(Files.readString(Path.of(key))).orElseThrow();
        for (int i = 1; i <= 4; i++) {
            assertThat(run("--key", key, "--renew-key")).isZero();
            GatewayKeyring now =
                    GatewayKeyring.fromLines(Files.readString(Path.of(key))).orElseThrow();
            assertThat(now.pinned()).isNotEqualTo(first.pinned());
            assertThat(now.keys().stream().anyMatch(each -> each.gatewayKey().equals(first.pinned())))
                    .isEqualTo(i < 4);
        }
    }

    @Test
    void doesNotUseFilesThatOthersCanReadOrThatAreNone() throws IOException {
        assertThat(run("--key", key)).isEqualTo(78);
        assertThat(err.toString()).contains("there is no file");
        assertThat(run("--key", key, "--make-key")).isZero();
        assertThat(run("--key", key)).isEqualTo(78);
        assertThat(err.toString()).contains("--config FILE");
        Path config = Files.writeString(directory.resolve("gateway.conf"), "password = SECRET");
        assertThat(run("--key", key, "--config", config.toString())).isEqualTo(78);
        assertThat(err.toString()).contains("chmod 600");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        assertThat(run("--key", key, "--config", config.toString())).isEqualTo(78);
        assertThat(err.toString()).contains("centres").doesNotContain("SECRET");
        Files.writeString(Path.of(key), "opening SECRET\n");
        assertThat(run("--key", key)).isEqualTo(78);
        assertThat(err.toString()).contains("does not hold").doesNotContain("SECRET");
    }

    @Test
    void leavesTheLoopbackOnlyWithTls() {
        assertThat(run("--key", key, "--make-key")).isZero();

        assertThat(run("--key", key, "--address", "0.0.0.0", "--port", "0")).isEqualTo(78);
        assertThat(err.toString()).contains("--certificate");
    }

    @Test
    void servesNobodyWhomItDoesNotKnow() throws Exception {
        assertThat(run("--key", key, "--make-key")).isZero();
        Certificates own = Certificates.of("gateway", directory);

        assertThat(run("--key", key, "--certificate", own.chain.toString(), "--private-key", own.privateKey.toString()))
                .isEqualTo(78);
        assertThat(err.toString()).contains("--clients");
    }

    @Test
    void hasTheBoundsThatTheDocumentSays() throws IOException {
        assertThat(LimitsOfADocument.rows("sms.md"))
                .containsExactlyElementsOf(
                        GatewayLimits.ALL.stream().map(NamedLimit::row).toList());
    }

    @Test
    void startsNoCentreThatItDoesNotUnderstand() {
        assertThat(new CommandLine(new CentreCommand())
                        .setErr(new PrintWriter(err))
                        .execute("--reports", "sideways"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no such order");
    }

    private int run(String... arguments) {
        return new CommandLine(new GatewayCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
