package lethe.device.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.core.lookup.ListedTag;
import lethe.device.ScriptedBroker;
import lethe.device.lookup.HandMadeInstallation;
import lethe.device.tagging.HandMadeTagger;
import lethe.oprf.Blinding;
import lethe.oprf.PinnedKey;
import lethe.oprf.SecretKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers in, those that can be reached out; and the broker hears of none. */
class ContactsCommandTest {
    private static final String ALICE = "+4915110000001";
    private static final String BOB = "+4915110000002";
    private static final String CAROL = "+4915110000003";

    @TempDir
    private Path home;

    private final Random random = new Random(8);
    private final SecretKey key = SecretKey.draw(random);
    private final HandMadeTagger tagger = new HandMadeTagger(key);
    private final HandMadeInstallation broker = new HandMadeInstallation();
    private final String pinned = new PinnedKey(1, key.publicKey()).toText();
    private final String lookupKey = broker.key().bytes().toText();

    @AfterEach
    void close() {
        tagger.close();
        broker.close();
    }

    @Test
    void printsWhoCanBeReached() {
        broker.publishDay(100, entry(ALICE));
        broker.publishHour(100, 2, entry(CAROL));
        try (CommandRun run = contacts(pinned, lookupKey)) {
            Stream.of(ALICE, BOB, CAROL).forEach(run::types);
            run.endsItsInput();

            assertThat(run.next("")).isEqualTo(ALICE + " " + tag(ALICE).toText());
            assertThat(run.next("")).isEqualTo(CAROL + " " + tag(CAROL).toText());
            assertThat(run.exitCode()).isZero();
        }
    }

    /** A phone that looks for other contacts sends the broker the same, byte by byte. */
    @Test
    void theBrokerHearsNeitherContactsNorResult() throws Exception {
        broker.publishDay(100, entry(ALICE));
        List<ScriptedBroker.Request> some = requestsOf("some", ALICE, BOB);
        List<ScriptedBroker.Request> others = requestsOf("others", CAROL);

        assertThat(some).isNotEmpty().isEqualTo(others);
        assertThat(some.toString()).doesNotContain(tag(ALICE).toText(), ALICE);
    }

    private List<ScriptedBroker.Request> requestsOf(String name, String... numbers) throws Exception {
        Path file = Files.write(home.resolve(name + ".txt"), List.of(numbers));
        broker.server.requests.clear();
        try (CommandRun run = contactsOf(name, pinned, lookupKey, "--file", file.toString())) {
            assertThat(run.exitCode()).isZero();
        }
        return List.copyOf(broker.server.requests);
    }

    @Test
    void believesNoOtherInstallation() {
        broker.publishDay(100, entry(ALICE));
        try (HandMadeInstallation other = new HandMadeInstallation();
                CommandRun run = contacts(pinned, other.key().bytes().toText())) {
            run.types(ALICE);
            run.endsItsInput();

            assertThat(run.next("not to be believed")).contains("FORGED");
            assertThat(run.exitCode()).isEqualTo(3);
        }
    }

    @Test
    void believesNoOtherTagger() {
        broker.publishDay(100, entry(ALICE));
        String otherKey = new PinnedKey(1, SecretKey.draw(random).publicKey()).toText();
        try (CommandRun run = contacts(otherKey, lookupKey)) {
            run.types(ALICE);
            run.endsItsInput();

            assertThat(run.next("not to be believed")).contains("OTHER_KEY");
            assertThat(run.exitCode()).isEqualTo(3);
        }
    }

    @Test
    void saysThatNothingIsPublished() {
        try (CommandRun run = contacts(pinned, lookupKey)) {
            run.types(ALICE);
            run.endsItsInput();

            assertThat(run.next("published nothing yet")).isNotEmpty();
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void refusesWhatItCannotGoBy() {
        try (CommandRun run = contacts(pinned, "KEY")) {
            assertThat(run.exitCode()).isEqualTo(2);
        }
        try (CommandRun run = contacts("1:KEY", lookupKey)) {
            assertThat(run.exitCode()).isEqualTo(2);
        }
        try (CommandRun run = contacts(pinned, lookupKey)) {
            run.types("0151 10000002");
            assertThat(run.next("Line 1")).doesNotContain("10000002");
            assertThat(run.exitCode()).isEqualTo(2);
        }
        assertThat(broker.asked()).isEmpty();
    }

    private CommandRun contacts(String tagKey, String setKey) {
        return contactsOf("alice", tagKey, setKey);
    }

    private CommandRun contactsOf(String name, String tagKey, String setKey, String... more) {
        Stream<String> options = Stream.of(
                "--broker",
                broker.server.uri().toString(),
                "--home",
                home.toString(),
                name,
                "contacts",
                "--tagger",
                tagger.server.uri().toString(),
                "--pinned",
                tagKey,
                "--lookup-key",
                setKey);
        return new CommandRun(Stream.concat(options, Stream.of(more)).toList());
    }

    private long entry(String typed) {
        return ListedTag.of(tag(typed)).bits();
    }

    private Tag tag(String typed) {
        Blinding blinding = Blinding.of(PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, typed), random);
        return blinding.finish(
                key.evaluate(List.of(blinding.blinded()), random).elements().get(0));
    }
}
