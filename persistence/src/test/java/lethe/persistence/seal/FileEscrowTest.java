package lethe.persistence.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEscrowTest {
    private static final Epochs EPOCHS = new Epochs(Duration.ofMinutes(5));
    private static final byte[] KEY = filled(7);
    private static final byte[] OTHER = filled(9);

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void place() {
        file = directory.resolve("escrow").resolve("epochs");
    }

    @Test
    void keepsKeysForTheNextProcess() throws IOException {
        try (FileEscrow escrow = open()) {
            escrow.keep(5_000, KEY);
            escrow.keep(5_001, OTHER);
        }
        try (FileEscrow escrow = open()) {
            assertThat(escrow.recall()).containsOnlyKeys(5_000L, 5_001L);
            assertThat(escrow.recall().get(5_001L)).isEqualTo(OTHER);
        }
    }

    @Test
    void overwritesWhatItForgetsWhereItLay() throws IOException {
        try (FileEscrow escrow = open()) {
            escrow.keep(5_000, KEY);
            assertThat(contains(KEY)).isTrue();
            long size = Files.size(file);
            escrow.forget(5_000);

            assertThat(escrow.recall()).isEmpty();
            assertThat(contains(KEY)).isFalse();
            assertThat(Files.size(file)).isEqualTo(size);
        }
    }

    @Test
    void takesAFileThatEverybodyMayReadAwayFromThem() throws IOException {
        open().close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        open().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void keepsTheKeyOfWhoeverWasFirst() throws IOException {
        try (FileEscrow one = open();
                FileEscrow other = open()) {
            one.keep(5_000, KEY);
            assertThat(other.keep(5_000, OTHER)).isEqualTo(KEY);
        }
    }

    @Test
    void isForItsOwnerOnly() throws IOException {
        try (FileEscrow escrow = open()) {
            escrow.keep(1, KEY);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
        }
    }

    /** A crash while it was written. */
    @Test
    void takesAHalfWrittenPlaceForEmptyAndTheOthersAsTheyAre() throws IOException {
        try (FileEscrow escrow = open()) {
            escrow.keep(5_000, KEY);
            escrow.keep(5_001, OTHER);
        }
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(raw.length() / 3 + Long.BYTES + 3);
            raw.write(1);
        }
        try (FileEscrow escrow = open()) {
            assertThat(escrow.recall()).containsOnlyKeys(5_001L);
            assertThat(contains(Arrays.copyOf(KEY, 3))).isFalse();
            escrow.keep(5_000, KEY);
            assertThat(escrow.recall()).hasSize(2);
        }
    }

    @Test
    void hasRoomForAsManyKeysAsAreNeeded() throws IOException {
        try (FileEscrow escrow = open()) {
            for (long epoch = 1; epoch <= 500; epoch++) {
                escrow.keep(epoch, KEY);
            }
            long size = Files.size(file);
            escrow.forget(7);
            escrow.keep(501, OTHER);

            assertThat(escrow.recall()).hasSize(500).doesNotContainKey(7L).containsKey(501L);
            assertThat(Files.size(file)).isEqualTo(size);
        }
    }

    @Test
    void refusesEpochsOfAnotherLengthAndKeepsItsKeys() throws IOException {
        open().close();

        assertThatThrownBy(() -> FileEscrow.open(file, new Epochs(Duration.ofHours(1)), TestSealing.installation()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PT5M");
    }

    /** Under it no row would open, and after a while everything would be given up as lost. */
    @Test
    void refusesAnotherIdentityKey() throws IOException {
        open().close();
        InstallationKey other = InstallationKey.of(Opaque.wrap(new byte[32]));

        assertThatThrownBy(() -> FileEscrow.open(file, EPOCHS, other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("identity key");
    }

    @Test
    void refusesAFileThatIsSomethingElse() throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[1_000]);

        assertThatThrownBy(this::open).isInstanceOf(IOException.class);
    }

    private FileEscrow open() throws IOException {
        return FileEscrow.open(file, EPOCHS, TestSealing.installation());
    }

    private boolean contains(byte[] key) throws IOException {
        byte[] all = Files.readAllBytes(file);
        for (int at = 0; at + key.length <= all.length; at++) {
            if (Arrays.equals(all, at, at + key.length, key, 0, key.length)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] filled(int with) {
        byte[] key = new byte[EpochKey.LENGTH];
        Arrays.fill(key, (byte) with);
        return key;
    }
}
