package lethe.device.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import lethe.core.ownership.Ownership;
import lethe.device.registration.HandMadeVerifier;
import lethe.device.registration.PermitFile;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an owner types to prove a number, and is told. */
class RegisterCommandTest {
    private static final String NUMBER = "+4915110000001";

    private final HandMadeVerifier verifier = new HandMadeVerifier();

    @TempDir
    private Path home;

    @AfterEach
    void close() {
        verifier.close();
    }

    @Test
    void printsTheTagAndKeepsTheStatement() throws Exception {
        try (CommandRun run =
                register(verifier.pinned().toText(), verifier.server.uri().toString())) {
            run.next("Number");
            run.types(NUMBER);
            run.next("Code");
            run.types("999999");
            run.next("What you can do: submit-code");
            run.types(HandMadeVerifier.CODE);

            assertThat(run.next(HandMadeVerifier.TAG.toText())).isEqualTo(HandMadeVerifier.TAG.toText());
            assertThat(run.exitCode()).isZero();
        }
        Path phone = home.resolve("phones").resolve("alice");
        Path kept = phone.resolve("ownership");
        assertThat(Payloads.decode(Encoding.CBOR, Ownership.class, Files.readAllBytes(kept)))
                .isInstanceOf(Decoded.Good.class);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThat(PermitFile.read(TagsCommandTest.files(phone))
                        .orElseThrow()
                        .permit()
                        .key())
                .isEqualTo(verifier.opened.get(0).permitKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(phone.resolve("permit"))))
                .isEqualTo("rw-------");
    }

    @Test
    void doesNotRepeatWhatIsNoNumber() {
        try (CommandRun run =
                register(verifier.pinned().toText(), verifier.server.uri().toString())) {
            run.types("0151 10000001");

            assertThat(run.next("That is no number")).doesNotContain("10000001");
            assertThat(run.exitCode()).isEqualTo(2);
        }
        assertThat(verifier.opened).isEmpty();
    }

    @Test
    void saysThatNoVerifierIsThere() {
        try (CommandRun run = register(verifier.pinned().toText(), "http://127.0.0.1:1")) {
            run.types(NUMBER);

            assertThat(run.next("no verifier answers")).doesNotContain(NUMBER);
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void refusesAKeyThatIsNone() {
        try (CommandRun run = register("KEY", verifier.server.uri().toString())) {
            assertThat(run.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void showsATextAndWaitsUntilItHasCome() throws Exception {
        verifier.texts = true;
        try (CommandRun run =
                register(verifier.pinned().toText(), verifier.server.uri().toString(), "--by-text")) {
            run.next("Number");
            run.types(NUMBER);

            run.next("to 12345");
            run.next("LETHE ABCDEFGHIJKLMNOP");
            assertThat(run.next(HandMadeVerifier.TAG.toText())).isEqualTo(HandMadeVerifier.TAG.toText());
            assertThat(run.exitCode()).isZero();
        }
        assertThat(home.resolve("phones").resolve("alice").resolve("ownership")).exists();
    }

    @Test
    void saysThatTextsAreNotTaken() {
        try (CommandRun run =
                register(verifier.pinned().toText(), verifier.server.uri().toString(), "--by-text")) {
            run.types(NUMBER);

            run.next("takes no texts");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    private CommandRun register(String key, String uri, String... more) {
        List<String> words = new ArrayList<>(
                List.of("alice", "--home", home.toString(), "register", "--verifier", uri, "--verifier-key", key));
        words.addAll(List.of(more));
        return new CommandRun(words);
    }
}
