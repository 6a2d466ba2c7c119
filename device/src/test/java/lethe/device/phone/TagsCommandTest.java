package lethe.device.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import lethe.client.permit.HeldPermit;
import lethe.client.permit.PermitKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.permit.Permission;
import lethe.core.permit.Permit;
import lethe.core.protocol.TaggerBodies.Evaluate;
import lethe.device.registration.PermitFile;
import lethe.device.store.FileStore;
import lethe.device.store.Opening;
import lethe.device.store.Passphrase;
import lethe.device.store.PhoneFiles;
import lethe.device.store.VaultKey;
import lethe.device.tagging.HandMadeTagger;
import lethe.oprf.Blinding;
import lethe.oprf.PinnedKey;
import lethe.oprf.SecretKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers in, tags out, and no number in what is said about errors. */
class TagsCommandTest {
    private static final String NUMBER = "+4915110000001";

    private final Random random = new Random(8);
    private final SecretKey key = SecretKey.draw(random);
    private final HandMadeTagger tagger = new HandMadeTagger(key);
    private final String pinned = new PinnedKey(1, key.publicKey()).toText();

    @TempDir
    private Path home;

    @AfterEach
    void close() {
        tagger.close();
    }

    @Test
    void printsOneTagForEachNumber() {
        try (CommandRun run =
                tags("--pinned", pinned, "--tagger", tagger.server.uri().toString())) {
            run.types(NUMBER);
            run.types("+4915110000002");
            run.endsItsInput();

            assertThat(run.next("")).isEqualTo(tag(NUMBER));
            assertThat(run.next("")).isEqualTo(tag("+4915110000002"));
            assertThat(run.exitCode()).isZero();
        }
    }

    /** Where a permit is, it is shown; where none is, nothing is. */
    @Test
    void showsThePermitOfThePhone() throws Exception {
        PermitKey own = PermitKey.draw(random);
        Opaque bytes = Opaque.wrap(new byte[64]);
        Permit permit = new Permit(
                Opaque.wrap(new byte[Permit.PSEUDONYM]), own.publicKey(), Instant.ofEpochSecond(4_000_000_000L), bytes);
        Path phone = Files.createDirectories(home.resolve("phones").resolve("alice"));
        ask();
        PermitFile.write(files(phone), new HeldPermit(permit, own));
        ask();
        Files.writeString(phone.resolve("permit"), "SECRET");
        try (CommandRun run =
                tags("--pinned", pinned, "--tagger", tagger.server.uri().toString())) {
            run.types(NUMBER);
            run.endsItsInput();
            assertThat(run.next("is no permit")).doesNotContain("SECRET");
            assertThat(run.exitCode()).isEqualTo(1);
        }

        List<Evaluate> shown = tagger.shown();
        assertThat(shown).hasSize(2);
        assertThat(shown.get(0).permission()).isNull();
        Permission second = Objects.requireNonNull(shown.get(1).permission());
        assertThat(second.permit()).isEqualTo(permit);
        assertThat(own.publicKey()
                        .signed(
                                Permission.statement(
                                        permit,
                                        second.created(),
                                        second.nonce(),
                                        1,
                                        shown.get(1).blinded()),
                                second.signature()))
                .isTrue();
    }

    @Test
    void takesThePassphraseOfAnEncryptedPhoneBeforeTheNumbers() {
        try (Passphrase passphrase = new Passphrase("correct horse".toCharArray())) {
            assertThat(FileStore.protect(home.resolve("phones/alice"), VaultKey.none(), passphrase, random))
                    .isEmpty();
        }
        try (CommandRun run =
                tags("--pinned", pinned, "--tagger", tagger.server.uri().toString())) {
            run.types("correct horse");
            run.types(NUMBER);
            run.endsItsInput();
            assertThat(run.next(tag(NUMBER))).isEqualTo(tag(NUMBER));
            assertThat(run.exitCode()).isZero();
        }
    }

    static PhoneFiles files(Path phone) throws IOException {
        Opening<PhoneFiles> opening = PhoneFiles.unlock(phone, VaultKey.none(), new Random(1));
        return ((Opening.Opened<PhoneFiles>) opening).value();
    }

    private void ask() {
        try (CommandRun run =
                tags("--pinned", pinned, "--tagger", tagger.server.uri().toString())) {
            run.types(NUMBER);
            run.endsItsInput();
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void saysWhichLineIsNoNumberAndNotWhatIsInIt() {
        try (CommandRun run =
                tags("--pinned", pinned, "--tagger", tagger.server.uri().toString())) {
            run.types(NUMBER);
            run.types("0151 10000002");

            assertThat(run.next("Line 2")).doesNotContain("10000002");
            assertThat(run.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void tellsADoubtfulAnswerFromNone() {
        String otherKey = new PinnedKey(1, SecretKey.draw(random).publicKey()).toText();
        try (CommandRun run =
                tags("--pinned", otherKey, "--tagger", tagger.server.uri().toString())) {
            run.types(NUMBER);
            run.endsItsInput();

            assertThat(run.next("not to be believed")).contains("OTHER_KEY");
            assertThat(run.exitCode()).isEqualTo(3);
        }
        try (CommandRun run = tags("--pinned", pinned, "--tagger", "http://127.0.0.1:1")) {
            run.types(NUMBER);
            run.endsItsInput();

            assertThat(run.next("no tagger answers")).isNotEmpty();
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void refusesWhatItCannotGoBy(@TempDir Path directory) throws Exception {
        String rubbish =
                Files.writeString(directory.resolve("rubbish"), "rubbish").toString();
        String uri = tagger.server.uri().toString();
        for (String[] wrong : new String[][] {
            {"--pinned", "1:KEY", "--tagger", uri},
            {"--pinned", pinned, "--tagger", "nowhere"},
            {"--pinned", pinned, "--tagger", uri, "--trust", rubbish},
            {"--pinned", pinned},
        }) {
            try (CommandRun run = tags(wrong)) {
                assertThat(run.exitCode()).isEqualTo(2);
            }
        }
    }

    private CommandRun tags(String... options) {
        return new CommandRun(Stream.concat(Stream.of("alice", "--home", home.toString(), "tags"), Stream.of(options))
                .toList());
    }

    private String tag(String number) {
        Blinding blinding = Blinding.of(PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, number), random);
        return blinding.finish(key.evaluate(List.of(blinding.blinded()), random)
                        .elements()
                        .get(0))
                .toText();
    }
}
