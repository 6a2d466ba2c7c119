package lethe.registrar.tagger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import lethe.oprf.PinnedKey;
import lethe.registrar.http.Certificates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What an operator types, and is told. */
class TaggerCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private String key;

    @BeforeEach
    void name() {
        key = directory.resolve("tagger.key").toString();
    }

    @Test
    void makesAKeyAndPrintsWhatPhonesPin() throws IOException {
        assertThat(run("--key", key, "--make-key")).isZero();

        PinnedKey pinned = printed().get(0);
        assertThat(pinned).isEqualTo(Asking.pinned(new KeyFile(Path.of(key)).read(), 1));
        assertThat(out.toString()).doesNotContain(Files.readString(Path.of(key)).substring(2, 45));
    }

    @Test
    void doesNotMakeAKeyUnlessItIsToldTo() {
        assertThat(run("--key", key)).isEqualTo(78);
        assertThat(err.toString()).contains("there is no file");
        assertThat(Path.of(key)).doesNotExist();
    }

    @Test
    void doesNotUseAKeyThatOthersCanRead() throws IOException {
        assertThat(run("--key", key, "--make-key")).isZero();
        Files.setPosixFilePermissions(Path.of(key), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(run("--key", key)).isEqualTo(78);
        assertThat(err.toString()).contains("chmod 600");
    }

    @Test
    void leavesTheLoopbackOnlyWithTls() {
        assertThat(run("--key", key, "--make-key")).isZero();

        assertThat(run("--key", key, "--address", "0.0.0.0", "--port", "0")).isEqualTo(78);
        assertThat(err.toString()).contains("--certificate");
    }

    @Test
    void refusesCertificatesThatItCannotRead() throws IOException {
        assertThat(run("--key", key, "--make-key")).isZero();
        String rubbish =
                Files.writeString(directory.resolve("rubbish"), "SECRET").toString();

        assertThat(run("--key", key, "--certificate", rubbish, "--private-key", rubbish))
                .isEqualTo(78);
        assertThat(err.toString()).contains("cannot be read").doesNotContain("SECRET");
        assertThat(run("--key", key, "--certificate", rubbish)).isEqualTo(2);
    }

    /** With a certificate it is there for everybody, so it wants to be told for whom. */
    @Test
    void servesNotEverybodyBeyondTheLoopback() throws Exception {
        assertThat(run("--key", key, "--make-key")).isZero();
        Certificates tls = Certificates.of("tagger", directory);
        String chain = tls.chain.toString();
        String privateKey = tls.privateKey.toString();

        assertThat(run("--key", key, "--certificate", chain, "--private-key", privateKey, "--port", "0"))
                .isEqualTo(78);
        assertThat(err.toString()).contains("--verifier KEY, or --clients FILE");
    }

    @Test
    void takesOnlyKeysThatVerifiersPrint() {
        assertThat(run("--key", key, "--make-key")).isZero();

        assertThat(run("--key", key, "--port", "0", "--verifier", "SECRET")).isEqualTo(78);
        assertThat(err.toString()).contains("a verifier's key").doesNotContain("SECRET");
    }

    @Test
    void listsTheBoundsWhenItIsGivenAnother() {
        assertThat(run("--key", key, "--make-key")).isZero();

        assertThat(run("--key", key, "--limit", "brust=1000")).isEqualTo(78);
        assertThat(err.toString()).contains("burst=250..1000000", "request-seconds=1..300");
        assertThat(run("--key", key, "--limit", "burst=249")).isEqualTo(78);
        assertThat(run("--key", key, "--limit", "burst=many")).isEqualTo(2);
    }

    @Test
    void splitsAndRefreshesByFilesAlone() throws IOException {
        assertThat(run("--key", key, "--make-key")).isZero();
        assertThat(run("key", "add", key)).isZero();
        Keyring whole = new KeyFile(Path.of(key)).read();

        assertThat(run("key", "split", key, file("one"), file("other"))).isZero();
        check(whole);
        assertThat(run("key", "give", file("one"), file("difference"))).isZero();
        assertThat(run("key", "take", file("other"), file("difference"))).isZero();
        check(whole);
        assertThat(run("key", "split", key, file("one"), file("third"))).isEqualTo(1);
        assertThat(err.toString()).contains("never overwritten");
    }

    private void check(Keyring whole) throws IOException {
        PinnedKey pinned = Asking.pinned(whole, 2);
        Keyring one = new KeyFile(directory.resolve("one")).read();
        Keyring other = new KeyFile(directory.resolve("other")).read();
        assertThat(Asking.tags(pinned, one, other)).isEqualTo(Asking.tags(pinned, whole));
    }

    /** Two operators make a key together that nobody ever had whole. */
    @Test
    void addsUpWhatIsShownOfShares() throws IOException {
        assertThat(run("--key", file("one"), "--make-key")).isZero();
        assertThat(run("--key", file("other"), "--make-key")).isZero();
        List<String> shown = printed().stream().map(PinnedKey::toText).toList();
        out.getBuffer().setLength(0);

        assertThat(run("key", "sum", shown.get(0), shown.get(1))).isZero();

        PinnedKey pinned = printed().get(0);
        Keyring one = new KeyFile(directory.resolve("one")).read();
        Keyring other = new KeyFile(directory.resolve("other")).read();
        assertThat(Asking.tags(pinned, one, other)).hasSize(3);
        assertThat(run("key", "sum", shown.get(0), "2" + shown.get(1).substring(1)))
                .isEqualTo(1);
        assertThat(run("key", "sum", shown.get(0), "1:KEY")).isEqualTo(1);
        assertThat(run("key", "sum", shown.get(0))).isEqualTo(2);
    }

    @Test
    void addsAndDropsVersions() {
        assertThat(run("--key", key, "--make-key")).isZero();
        assertThat(run("key", "add", key)).isZero();
        assertThat(run("key", "drop", key, "1")).isZero();
        out.getBuffer().setLength(0);

        assertThat(run("key", "show", key)).isZero();

        assertThat(printed()).extracting(PinnedKey::version).containsExactly(2);
        assertThat(run("key", "drop", key, "2")).isEqualTo(1);
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private List<PinnedKey> printed() {
        return out.toString()
                .lines()
                .map(line -> PinnedKey.fromText(line.substring("key ".length())).orElseThrow())
                .toList();
    }

    private int run(String... arguments) {
        return new CommandLine(new TaggerCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
