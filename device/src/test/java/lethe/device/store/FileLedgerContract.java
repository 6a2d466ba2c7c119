package lethe.device.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import lethe.core.identity.Opaque;
import lethe.device.Given;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is true of a ledger in a file, in clear and sealed. */
abstract class FileLedgerContract {
    static final List<Opaque> FIRST = List.of(Given.body("one"), Given.body("two"));
    static final List<Opaque> SECOND = List.of(Given.body("three"), Opaque.empty());

    @TempDir
    Path directory;

    Path file = Path.of("");

    @BeforeEach
    void inTheDirectory() throws IOException {
        file = directory.resolve("ledger");
        prepare();
    }

    abstract void prepare() throws IOException;

    abstract FileLedger open(Durability durability);

    /** By how much a frame is longer than in clear. */
    abstract int overhead();

    /** A crash damages the ledger; its keys are as they were after {@link #givenTwoBatches}. */
    abstract void restoreKeys() throws IOException;

    final int length(List<Opaque> batch) {
        return Frame.encode(batch).remaining() + overhead();
    }

    @Test
    void keepsWhatWasAppended() {
        givenTwoBatches();

        assertThat(reopened()).containsExactlyElementsOf(all());
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        givenTwoBatches();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void cutsATornTailAtWhateverByteThePhoneDied() throws IOException {
        givenTwoBatches();
        byte[] whole = Files.readAllBytes(file);
        int secondBegins = whole.length - length(SECOND);
        int firstBegins = secondBegins - length(FIRST);

        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            restoreKeys();
            List<Opaque> survives = length < secondBegins ? List.of() : FIRST;
            assertThat(reopened())
                    .as("cut at %d, first at %d", length, firstBegins)
                    .isEqualTo(survives);

            try (FileLedger ledger = open(Durability.PROCESS)) {
                ledger.append(SECOND);
            }
            assertThat(reopened()).as("appended after a cut at %d", length).endsWith(SECOND.toArray(new Opaque[0]));
        }
    }

    @Test
    void cutsATailOfWhichOnlyTheLengthReachedTheDisk() throws IOException {
        givenTwoBatches();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length + 100));

        assertThat(reopened()).isEqualTo(all());
    }

    @Test
    void refusesDamageInTheMiddleAndNamesTheFileOnly() throws IOException {
        givenTwoBatches();
        byte[] whole = Files.readAllBytes(file);
        int secondBegins = whole.length - length(SECOND);

        for (int at = 0; at < secondBegins; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x40;
            Files.write(file, damaged);
            assertThatThrownBy(this::reopened)
                    .as("damaged at %d", at)
                    .isInstanceOf(LedgerDamaged.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageNotContaining("one");
            assertThat(file).hasBinaryContent(damaged);
        }
    }

    @Test
    void replacesEverythingAtOnce() {
        givenTwoBatches();
        try (FileLedger ledger = open(Durability.POWER)) {
            ledger.replace(List.of(Given.body("only")));
            ledger.append(SECOND);
            assertThat(ledger.size()).isEqualTo(3);
        }

        assertThat(reopened()).hasSize(3).startsWith(Given.body("only"));
    }

    @Test
    void ignoresAReplacementThatThePhoneDidNotFinish() throws IOException {
        givenTwoBatches();
        Files.writeString(directory.resolve("ledger.new"), "half a ledg");

        assertThat(reopened()).isEqualTo(all());
    }

    final void givenTwoBatches() {
        try (FileLedger ledger = open(Durability.POWER)) {
            ledger.append(FIRST);
            ledger.appendLazily(SECOND);
        }
    }

    static List<Opaque> all() {
        return List.of(FIRST.get(0), FIRST.get(1), SECOND.get(0), SECOND.get(1));
    }

    final List<Opaque> reopened() {
        try (FileLedger ledger = open(Durability.PROCESS)) {
            return ledger.recovered();
        }
    }
}
