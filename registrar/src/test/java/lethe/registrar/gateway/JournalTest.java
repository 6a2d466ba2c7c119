package lethe.registrar.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.registrar.gateway.JournalKeys.Generation;
import lethe.registrar.gateway.LedgerEvent.Begun;
import lethe.registrar.gateway.LedgerEvent.PartTaken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real disk. */
class JournalTest {
    private final Random random = new Random(4);

    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void name() {
        directory = parent.resolve("gateway");
    }

    @Test
    void givesBackWhatWasAppendedInOrder() throws IOException {
        List<LedgerEvent> events = events(100);
        try (Journal journal = open(List.of())) {
            for (LedgerEvent event : events) {
                journal.force(journal.append(List.of(event)));
            }
        }

        open(events).close();
        open(events).close();
    }

    @Test
    void givesBackMoreThanARecordHolds() throws IOException {
        List<LedgerEvent> events = events(100);
        List<LedgerEvent> many = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            many.addAll(events);
        }
        try (Journal journal = open(List.of())) {
            journal.replace(many);
            journal.append(events);
        }

        many.addAll(events);
        open(many).close();
    }

    @Test
    void isForItsOwnerAndForOneProcess() throws IOException {
        try (Journal journal = open(List.of())) {
            journal.append(events(1));
            assertThatThrownBy(() -> open(List.of())).isInstanceOf(IOException.class);
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void hasNothingInClear() throws IOException {
        try (Journal journal = open(List.of())) {
            journal.force(journal.append(List.of(new PartTaken(id(1), 1, "CENTRE", "KEY-OF-A-PART"))));
            for (byte[] file : files()) {
                assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain("CENTRE", "KEY-OF");
            }
        }
    }

    /** A seizure after the key was replaced: the old file, if it was copied, and all that is there now. */
    @Test
    void cannotBeReadAnyMoreWhenItsKeyWasReplaced() throws IOException {
        List<LedgerEvent> kept = events(1);
        try (Journal journal = open(List.of())) {
            journal.force(journal.append(events(10)));
            Generation before = generations().get(0);
            byte[] copy = Files.readAllBytes(directory.resolve("journal." + JournalKeys.place(before.number())));
            Path old = Files.write(directory.resolve("old"), copy);
            assertThat(JournalFile.read(old, before)).hasSize(10);

            journal.replace(kept);

            assertThat(generations()).hasSize(1).doesNotContain(before);
            assertThat(JournalFile.read(old, generations().get(0))).isEmpty();
            for (byte[] file : files()) {
                assertThat(contains(file, before.key().shared())).isFalse();
            }
            journal.force(journal.append(List.of(new Begun(id(7), 3))));
        }
        open(List.of(kept.get(0), new Begun(id(7), 3))).close();
    }

    @Test
    void readsWhatIsWholeOfAFileThatWasCutOffAnywhere() throws IOException {
        List<LedgerEvent> events = events(3);
        try (Journal journal = open(List.of())) {
            for (LedgerEvent event : events) {
                journal.append(List.of(event));
            }
        }
        Path file = directory.resolve("journal.1");
        byte[] whole = Files.readAllBytes(file);
        Generation generation = generations().get(0);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            List<LedgerEvent> read = JournalFile.read(file, generation);
            assertThat(events.subList(0, read.size())).as("%d bytes", length).isEqualTo(read);
            assertThat(read).hasSize(length == whole.length ? 3 : Math.min(2, length * 3 / whole.length));
        }
    }

    @Test
    void goesOnWithTheOlderFileWhenItDiedWhileReplacing() throws IOException {
        List<LedgerEvent> events = events(5);
        try (Journal journal = open(List.of())) {
            journal.append(events);
        }
        // The new file is there, the new key is half in its place.
        Files.write(directory.resolve("journal.0"), new byte[] {1, 2, 3});
        byte[] keys = Files.readAllBytes(directory.resolve("keys"));
        Arrays.fill(keys, 0, 20, (byte) 7);
        Files.write(directory.resolve("keys"), keys);

        open(events).close();
    }

    @Test
    void beginsAnewWithoutItsKeysAndSaysSo() throws IOException {
        try (Journal journal = open(List.of())) {
            journal.append(events(5));
        }
        Files.delete(directory.resolve("keys"));

        Journal.Opened opened = Journal.open(directory, random);
        opened.journal().close();
        assertThat(opened.events()).isEmpty();
        assertThat(opened.lost()).isTrue();
    }

    private Journal open(List<LedgerEvent> expected) throws IOException {
        Journal.Opened opened = Journal.open(directory, random);
        assertThat(opened.events()).containsExactlyElementsOf(expected);
        return opened.journal();
    }

    private List<Generation> generations() throws IOException {
        List<Generation> found = new ArrayList<>();
        // Read beside whoever has it locked.
        Path copy = Files.copy(
                directory.resolve("keys"),
                Files.createTempDirectory(parent, "k").resolve("keys"));
        try (JournalKeys keys = JournalKeys.open(copy)) {
            for (int place = 0; place < JournalKeys.PLACES; place++) {
                keys.read(place).ifPresent(found::add);
            }
        }
        return found;
    }

    private List<byte[]> files() throws IOException {
        List<byte[]> bytes = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                bytes.add(Files.readAllBytes(file));
            }
        }
        return bytes;
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private static List<LedgerEvent> events(int count) {
        List<LedgerEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(new LedgerEvent.Accepted(
                    id(i), Opaque.wrap(new byte[16]), Instant.ofEpochMilli(i), Instant.ofEpochMilli(2L * i), null));
        }
        return events;
    }

    private static MessageId id(int number) {
        byte[] bytes = new byte[MessageId.LENGTH];
        bytes[0] = (byte) number;
        return new MessageId(Opaque.wrap(bytes));
    }
}
