package lethe.registrar.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key is in a file that only its owner reads, or it is not used. */
class KeyFileTest {
    private static final String KEY = "A".repeat(42) + "E";

    @TempDir
    private Path directory;

    private Path path;
    private KeyFile file;

    @BeforeEach
    void name() {
        path = directory.resolve("deep").resolve("tagger.key");
        file = new KeyFile(path);
    }

    @Test
    void isReadBackAsItWasMade() throws IOException {
        Keyring keys =
                KeyChanges.withNext(Keyring.draw(new Random(1)), new Random(2)).orElseThrow();

        file.create(keys);

        assertThat(file.read().published()).isEqualTo(keys.published());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void isNeverMadeOverAnother() throws IOException {
        file.create(Keyring.draw(new Random(1)));
        String before = Files.readString(path);

        assertThatThrownBy(() -> file.create(Keyring.draw(new Random(2))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("never overwritten");
        assertThat(Files.readString(path)).isEqualTo(before);
    }

    @Test
    void isReplacedWithItsRightsAndLeavesNothingBehind() throws IOException {
        file.create(Keyring.draw(new Random(1)));
        Keyring other = Keyring.draw(new Random(2));

        file.replace(other);

        assertThat(file.read().published()).isEqualTo(other.published());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(directory.resolve("deep"))) {
            assertThat(files).containsExactly(path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-", "rw------x"})
    void isRefusedWhenOthersHaveRightsOnIt(String rights) throws IOException {
        file.create(Keyring.draw(new Random(1)));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));

        assertThatThrownBy(() -> file.read()).isInstanceOf(IOException.class).hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1 SECRET",
                "0 " + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE",
                "1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAF",
                "1 _____________________________________________",
                "1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE\n1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE",
                "1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE\nrubbish",
            })
    void isRefusedWithoutAQuoteWhenItHoldsNoKeys(String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(path, text);

        assertThatThrownBy(() -> file.read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not hold a tagger's keys")
                .hasMessageNotContaining("SECRET")
                .hasMessageNotContaining("AAAA");
    }

    @Test
    void isRefusedWhenItIsTooLong() throws IOException {
        Files.createDirectories(path.getParent());
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(path, ("1 " + KEY + "\n").repeat(100));

        assertThatThrownBy(() -> file.read()).hasMessageContaining("does not hold keys");
    }

    @Test
    void isMissedByName() {
        assertThat(file.exists()).isFalse();
        assertThatThrownBy(() -> file.read()).isInstanceOf(IOException.class).hasMessage("there is no file " + path);
    }
}
