package lethe.persistence.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEscrowTest {
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
        try (FileEscrow escrow = FileEscrow.open(file)) {
            escrow.keep(5_000, KEY);
            escrow.keep(5_001, OTHER);
        }
        try (FileEscrow escrow = FileEscrow.open(file)) {
            assertThat(escrow.recall()).containsOnlyKeys(5_000L, 5_001L);
            assertThat(escrow.recall().get(5_001L)).isEqualTo(OTHER);
        }
    }

    @Test
    void overwritesWhatItForgetsWhereItLay() throws IOException {
        try (FileEscrow escrow = FileEscrow.open(file)) {
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
    void keepsTheKeyOfWhoeverWasFirst() throws IOException {
        try (FileEscrow one = FileEscrow.open(file);
                FileEscrow other = FileEscrow.open(file)) {
            one.keep(5_000, KEY);
            assertThat(other.keep(5_000, OTHER)).isEqualTo(KEY);
        }
    }

    @Test
    void isForItsOwnerOnly() throws IOException {
        try (FileEscrow escrow = FileEscrow.open(file)) {
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
        try (FileEscrow escrow = FileEscrow.open(file)) {
            escrow.keep(FileEscrow.PLACES, KEY);
            escrow.keep(FileEscrow.PLACES + 1, OTHER);
        }
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(Long.BYTES + 3);
            raw.write(1);
        }
        try (FileEscrow escrow = FileEscrow.open(file)) {
            assertThat(escrow.recall()).containsOnlyKeys(FileEscrow.PLACES + 1L);
            escrow.keep(FileEscrow.PLACES, KEY);
            assertThat(escrow.recall()).hasSize(2);
        }
    }

    @Test
    void overwritesNoKeyThatIsAlive() throws IOException {
        try (FileEscrow escrow = FileEscrow.open(file)) {
            escrow.keep(1, KEY);
            assertThatThrownBy(() -> escrow.keep(1 + FileEscrow.PLACES, OTHER)).isInstanceOf(IOException.class);
            assertThat(escrow.recall().get(1L)).isEqualTo(KEY);
        }
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
