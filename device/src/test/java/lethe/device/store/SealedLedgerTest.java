package lethe.device.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lethe.core.identity.Opaque;
import lethe.device.Given;
import lethe.device.Trials;
import org.junit.jupiter.api.Test;

class SealedLedgerTest extends FileLedgerContract {
    private static final int HEADER = 24;

    private final Random random = new Random(7);
    private final Vault vault = Vault.draw(GivenPlatform.key(1), random).in(VaultFile.State.SEALED);
    private byte[] keys = {};

    @Override
    void prepare() throws IOException {
        keys = new byte[0];
    }

    @Override
    FileLedger open(Durability durability) {
        return FileLedger.open(files(), "ledger", durability);
    }

    private PhoneFiles files() {
        return new PhoneFiles(directory, directory, vault, random, new Disk());
    }

    @Override
    int overhead() {
        return Sealing.OVERHEAD;
    }

    @Override
    void restoreKeys() throws IOException {
        if (keys.length == 0) {
            keys = Files.readAllBytes(directory.resolve("ledger.key"));
        }
        Files.write(directory.resolve("ledger.key"), keys);
    }

    @Test
    void showsNothingOfWhatIsInIt() throws IOException {
        givenTwoBatches();

        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("one", "two", "three");
    }

    @Test
    void takesNoFrameThatIsNotWhereItWasWritten() throws IOException {
        List<Opaque> third = List.of(Given.body("third"), Opaque.empty());
        givenTwoBatches();
        try (FileLedger ledger = open(Durability.PROCESS)) {
            ledger.append(third);
        }
        byte[] whole = Files.readAllBytes(file);
        int first = length(FIRST);
        int second = length(SECOND);
        assertThat(length(third)).isEqualTo(second);

        refuses(joined(whole, 0, HEADER, HEADER + first, whole.length)); // without the first
        refuses(joined(whole, 0, HEADER + first, HEADER + first + second, whole.length)); // without the second
        refuses(joined(
                whole,
                0,
                HEADER + first,
                HEADER + first + second,
                whole.length,
                HEADER + first,
                HEADER + first + second)); // the other way round
        refuses(joined(whole, 0, HEADER + first, HEADER, whole.length)); // the first twice
    }

    @Test
    void takesNoFrameOfAnotherIncarnationAndNoneOfAnotherLedger() throws IOException {
        givenTwoBatches();
        byte[] before = Files.readAllBytes(file);
        try (FileLedger ledger = open(Durability.PROCESS)) {
            ledger.replace(FIRST);
            ledger.append(SECOND);
        }
        byte[] after = Files.readAllBytes(file);
        assertThat(after).hasSameSizeAs(before);
        byte[] spliced = after.clone();
        System.arraycopy(before, HEADER + length(FIRST), spliced, HEADER + length(FIRST), length(SECOND));

        refuses(spliced);
        refuses(before); // its key is gone
        Files.write(directory.resolve("other"), after);
        Files.copy(directory.resolve("ledger.key"), directory.resolve("other.key"));
        assertThatThrownBy(() -> FileLedger.open(files(), "other", Durability.PROCESS))
                .isInstanceOf(LedgerDamaged.class)
                .hasMessageContaining("other");
    }

    /** A frame that was given up, of a batch that did not count, must not come back. */
    @Test
    void bindsAFrameToAllBeforeIt() throws IOException {
        givenTwoBatches();
        byte[] one = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(one, HEADER + length(FIRST)));
        try (FileLedger ledger = open(Durability.PROCESS)) {
            ledger.append(SECOND);
            ledger.append(SECOND);
        }
        byte[] other = Files.readAllBytes(file);
        System.arraycopy(one, 0, other, 0, one.length);

        refuses(other);
    }

    @Test
    void leavesNoKeyOfWhatWasReplaced() throws IOException {
        givenTwoBatches();
        byte[] before = Files.readAllBytes(file);
        byte[] id = Arrays.copyOfRange(before, 8, HEADER);
        assertThat(places()).anyMatch(place -> begins(place, id));
        try (FileLedger ledger = open(Durability.POWER)) {
            ledger.replace(FIRST);
        }

        assertThat(places()).noneMatch(place -> begins(place, id)).anyMatch(SealedLedgerTest::isZero);
        assertThat(Files.size(directory.resolve("ledger.key"))).isLessThanOrEqualTo(2L * DataKeys.PLACE);
    }

    @Test
    void isReplacedOrNotAtWhicheverChangeOfItsKeysThePhoneDied() throws IOException {
        givenTwoBatches();
        for (int changes = 0; changes < 2; changes++) {
            PhoneFiles dying = new PhoneFiles(directory, directory, vault, random, new DyingDisk(changes));
            List<Opaque> replaced = List.of(Given.body("only"));
            try (FileLedger ledger = FileLedger.open(dying, "ledger", Durability.PROCESS)) {
                assertThatThrownBy(() -> ledger.replace(replaced)).isInstanceOf(DyingDisk.Died.class);
            }
            assertThat(reopened()).isEqualTo(changes == 0 ? all() : replaced);
            assertThat(places()).anyMatch(SealedLedgerTest::isZero);
        }
    }

    @Test
    void keepsWhatManyBatchesAndRewritingsHaveLeft() {
        Trials.forAll(20, seed -> {
            List<Opaque> expected = new ArrayList<>(reopened());
            for (int step = 0; step < 20; step++) {
                List<Opaque> batch = Stream.generate(() -> Given.bytes(seed, seed.nextInt(100)))
                        .limit(seed.nextInt(4))
                        .toList();
                try (FileLedger ledger = open(Durability.PROCESS)) {
                    if (seed.nextInt(4) == 0) {
                        ledger.replace(batch);
                        expected.clear();
                    } else {
                        ledger.append(batch);
                    }
                    expected.addAll(batch);
                    assertThat(ledger.size()).isEqualTo(expected.size());
                }
                assertThat(reopened()).isEqualTo(expected);
            }
        });
    }

    private List<byte[]> places() throws IOException {
        byte[] all = Arrays.copyOf(Files.readAllBytes(directory.resolve("ledger.key")), 2 * DataKeys.PLACE);
        return List.of(Arrays.copyOf(all, DataKeys.PLACE), Arrays.copyOfRange(all, DataKeys.PLACE, 2 * DataKeys.PLACE));
    }

    private static boolean begins(byte[] place, byte[] id) {
        return Arrays.equals(place, 0, id.length, id, 0, id.length);
    }

    private static boolean isZero(byte[] place) {
        return Arrays.equals(place, new byte[place.length]);
    }

    /** Pieces of a file, each from one offset to another. */
    private static byte[] joined(byte[] whole, int... bounds) {
        ByteBuffer joined = ByteBuffer.allocate(2 * whole.length);
        for (int i = 0; i < bounds.length; i += 2) {
            joined.put(whole, bounds[i], bounds[i + 1] - bounds[i]);
        }
        return Arrays.copyOf(joined.array(), joined.position());
    }

    private void refuses(byte[] content) throws IOException {
        Files.write(file, content);
        assertThatThrownBy(this::reopened).isInstanceOf(LedgerDamaged.class).hasMessageContaining(file.toString());
        assertThat(file).hasBinaryContent(content);
    }
}
