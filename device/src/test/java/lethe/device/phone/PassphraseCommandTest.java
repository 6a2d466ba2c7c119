package lethe.device.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lethe.device.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassphraseCommandTest {
    private static final String FIRST = "correct horse";
    private static final String SECOND = "b\u00e4ttery staple";

    @TempDir
    private Path home;

    private CommandRun run(String... options) {
        List<String> arguments = new ArrayList<>(List.of("--broker", "http://127.0.0.1:1", "--home", home.toString()));
        arguments.addAll(List.of(options));
        return new CommandRun(arguments);
    }

    /** What the phone says of itself when it starts. */
    private String started(String passphrase, String... options) {
        try (CommandRun alice = run(options)) {
            alice.types(passphrase);
            return alice.next("\"started\"");
        }
    }

    private void refused(String passphrase, String complaint, String... options) {
        try (CommandRun alice = run(options)) {
            alice.types(passphrase);
            assertThat(alice.next(complaint)).doesNotContain(passphrase);
            assertThat(alice.exitCode()).isEqualTo(1);
        }
    }

    private Path file(String name, String passphrase) throws IOException {
        return Files.writeString(home.resolve(name), passphrase + "\n");
    }

    @Test
    void asksForThePassphraseOfAPhoneThatIsEncrypted() throws IOException {
        String made = started(FIRST, "--json", "--passphrase", "alice");

        assertThat(home.resolve("phones/alice/vault")).exists();
        assertThat(started(FIRST, "--json", "alice")).isEqualTo(made);
        refused(SECOND, "That is not the passphrase of alice.", "--json", "alice");
        try (CommandRun alice =
                run("--json", "--passphrase-file", file("first", FIRST).toString(), "alice")) {
            assertThat(alice.next("\"started\"")).isEqualTo(made);
        }
        try (CommandRun alice = run("--json", "alice")) {
            alice.endsItsInput();
            alice.next("is encrypted, and no passphrase was given");
            assertThat(alice.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void opensBothLinesByOnePassphrase() {
        try (CommandRun alice = run("--json", "--passphrase", "--lines", "2", "alice")) {
            alice.types(FIRST);
            alice.next("\"line\":1");
            alice.next("\"line\":2");
        }
        try (CommandRun alice = run("--json", "--line", "2", "alice")) {
            alice.types(FIRST);
            alice.next("\"started\"");
        }
        refused(SECOND, "That is not the passphrase of alice.", "--json", "--line", "2", "alice");
    }

    @Test
    void knowsItsContactsOnEachOfItsLines() {
        for (String[] options : new String[][] {{"--json", "alice"}, {"--json", "--passphrase", "bob"}}) {
            String name = options[options.length - 1];
            try (CommandRun phone = run(options)) {
                if (name.equals("bob")) {
                    phone.types(FIRST);
                }
                phone.types("/contacts add carol " + Given.tag(3).toText() + " +4915100000007");
                phone.next("added carol");
            }
            try (CommandRun phone = run("--json", "--line", "2", name)) {
                if (name.equals("bob")) {
                    phone.types(FIRST);
                }
                phone.types("/contacts");
                assertThat(phone.next("carol")).contains(Given.tag(3).toText());
            }
        }
    }

    @Test
    void setsChangesAndRemovesAPassphrase() throws IOException {
        String made;
        try (CommandRun alice = run("--json", "alice")) {
            made = alice.next("\"started\"");
        }
        done(
                "alice",
                "passphrase",
                "--new-passphrase-file",
                file("first", FIRST).toString());
        assertThat(started(FIRST, "--json", "alice")).isEqualTo(made);

        try (CommandRun change = run("alice", "passphrase")) {
            change.types(FIRST);
            change.types(SECOND);
            assertThat(change.exitCode()).isZero();
        }
        refused(FIRST, "That is not the passphrase of alice.", "--json", "alice");
        assertThat(started(SECOND, "--json", "alice")).isEqualTo(made);

        refused(FIRST, "That is not the passphrase of alice.", "alice", "passphrase", "--remove");
        done("--passphrase-file", file("second", SECOND).toString(), "alice", "passphrase", "--remove");
        assertThat(home.resolve("phones/alice/vault")).doesNotExist();
        try (CommandRun alice = run("--json", "alice")) {
            assertThat(alice.next("\"started\"")).isEqualTo(made);
        }
    }

    private void done(String... options) {
        try (CommandRun run = run(options)) {
            run.next("This phone's files are ");
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void takesNoPassphraseThatIsTooShort() {
        try (CommandRun alice = run("--json", "--passphrase", "alice")) {
            alice.types("1234567");
            alice.next("A passphrase has 8 to 256 characters");
            assertThat(alice.exitCode()).isEqualTo(1);
        }
        assertThat(home.resolve("phones/alice/vault")).doesNotExist();
    }

    @Test
    void opensThePhoneForTheOtherCommandsToo() {
        started(FIRST, "--json", "--passphrase", "alice");
        for (String[] command : new String[][] {{"alice", "sign", "GET", "/v1/inbox"}, {"alice", "link"}}) {
            refused(SECOND, "That is not the passphrase of alice.", command);
            try (CommandRun run = run(command)) {
                run.types(FIRST);
                assertThat(run.exitCode()).isZero();
            }
        }
    }

    @Test
    void hasNobodyToChangeThePassphraseOf() {
        try (CommandRun run = run("nobody", "passphrase")) {
            run.next("There is no phone nobody yet");
            assertThat(run.exitCode()).isEqualTo(2);
        }
        assertThat(home.resolve("phones/nobody")).doesNotExist();
    }
}
