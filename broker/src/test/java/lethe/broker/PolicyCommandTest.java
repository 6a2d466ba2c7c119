package lethe.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lethe.core.consent.SignedPolicy;
import lethe.persistence.local.SharedCassandra;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An operator with a key, a text and a whole broker. */
class PolicyCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path home;

    private Path key;
    private Path text;
    private @Nullable Broker broker;

    @BeforeEach
    void prepare() throws IOException {
        key = home.resolve("operator/policy.key");
        text = home.resolve("policy.txt");
        Files.writeString(text, "Off by default. We mean it: é.\n");
    }

    @AfterEach
    void stop() throws Exception {
        if (broker != null) {
            broker.stop().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void raisesShowsAndRefuses() throws Exception {
        String url = givenABrokerWith(makesAKey());
        assertThat(policy("show", "--broker", url)).isZero();
        assertThat(out.toString()).contains("epoch      1", "no: it is from the settings");

        assertThat(raise(url)).isZero();
        assertThat(out.toString()).contains("policy epoch 2 is in force");
        assertThat(policy("show", "--broker", url, "--text")).isZero();
        assertThat(out.toString()).contains("epoch      2", "We mean it: é.").containsPattern("signed     20..-");

        assertThat(raise(url, "--epoch", "2")).isEqualTo(1);
        assertThat(err.toString()).contains("A policy with this epoch, or with a later one, is known already.");
        assertThat(raise(url, "--epoch", "7")).isZero();
        assertThat(out.toString()).contains("policy epoch 7 is in force");

        Path other = home.resolve("other.key");
        assertThat(policy("key", other.toString())).isZero();
        assertThat(policy("raise", "--broker", url, "--text", text.toString(), "--key", other.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("lethe.policy.key did not sign it");

        Files.writeString(text, "a".repeat(SignedPolicy.MOST_BYTES + 1));
        assertThat(raise(url)).isEqualTo(1);
        assertThat(err.toString()).contains("The limit is 65536 bytes.");
    }

    @Test
    void makesAKeyThatOnlyItsOwnerReads() throws IOException {
        String printed = makesAKey();

        assertThat(printed).matches("[A-Za-z0-9_-]{43}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(PolicyKeyFile.read(key).publicKey().bytes().toText()).isEqualTo(printed);
        assertThat(PolicyKeyFile.read(key)).hasToString("PolicyKeyFile[***]");
    }

    @Test
    void neverOverwritesAKey() throws IOException {
        makesAKey();
        byte[] before = Files.readAllBytes(key);

        assertThat(policy("key", key.toString())).isEqualTo(78);
        assertThat(Files.readAllBytes(key)).isEqualTo(before);
    }

    @Test
    void readsNoKeyThatOthersMayRead() throws IOException {
        makesAKey();
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(raise("http://127.0.0.1:1")).isEqualTo(78);
        assertThat(err.toString()).contains("chmod 600");
    }

    @Test
    void readsNoKeyThatIsNone() throws IOException {
        assertThat(raise("http://127.0.0.1:1")).isEqualTo(78);
        assertThat(err.toString()).contains("there is no file");
        makesAKey();
        for (String nonsense : new String[] {"", "AAAA\nAAAA\n", "secret"}) {
            Files.writeString(key, nonsense);
            assertThat(raise("http://127.0.0.1:1")).isEqualTo(78);
        }
        assertThat(err.toString()).contains("no policy key").doesNotContain("secret\n", "AAAA");
    }

    @Test
    void readsNoTextThatIsNotUtf8() throws IOException {
        makesAKey();
        Files.write(text, new byte[] {(byte) 0xff});

        assertThat(raise("http://127.0.0.1:1")).isEqualTo(78);
        assertThat(err.toString()).contains("not UTF-8");
    }

    @Test
    void saysThatNoBrokerAnswers() {
        makesAKey();

        assertThat(raise("http://127.0.0.1:1")).isEqualTo(2);
        assertThat(policy("show", "--broker", "http://127.0.0.1:1")).isEqualTo(2);
        assertThat(err.toString()).contains("no broker answers operators at http://127.0.0.1:1");
    }

    @Test
    void startsNoBrokerWithASettingThatIsNoKey() {
        for (String nonsense : new String[] {"AAAA", "no key"}) {
            assertThatThrownBy(() -> BrokerSettings.from(
                            TestNode.configuration("nobodys", home, Map.of("lethe.policy.key", nonsense))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("lethe.policy.key")
                    .hasMessageNotContaining(nonsense);
        }
    }

    private String givenABrokerWith(String publicKey) throws Exception {
        Map<String, String> settings =
                Map.of("lethe.edge.port", "0", "lethe.edge.admin.port", "0", "lethe.policy.key", publicKey);
        Broker started = Broker.start(
                        TestNode.configuration(SharedCassandra.freshKeyspace("raise"), home.resolve("data"), settings),
                        Clock.tickMillis(ZoneOffset.UTC))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        broker = started;
        return "http://127.0.0.1:" + started.adminAddress().getPort();
    }

    /** Gives back what was printed. */
    private String makesAKey() {
        assertThat(policy("key", key.toString())).isZero();
        return out.toString().strip();
    }

    private int raise(String url, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("raise", "--broker", url, "--text", text.toString(), "--key", key.toString()));
        arguments.addAll(List.of(more));
        return policy(arguments.toArray(String[]::new));
    }

    private int policy(String... arguments) {
        List<String> all = new ArrayList<>(List.of("policy"));
        all.addAll(List.of(arguments));
        return new CommandLine(new AdminCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
