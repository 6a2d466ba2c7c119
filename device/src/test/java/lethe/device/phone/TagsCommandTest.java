package lethe.device.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lethe.core.identity.PlainIdentifier;
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

    private static CommandRun tags(String... options) {
        return new CommandRun(
                Stream.concat(Stream.of("alice", "tags"), Stream.of(options)).toList());
    }

    private String tag(String number) {
        Blinding blinding = Blinding.of(PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, number), random);
        return blinding.finish(key.evaluate(List.of(blinding.blinded()), random)
                        .elements()
                        .get(0))
                .toText();
    }
}
