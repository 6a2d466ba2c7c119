package lethe.device.files.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainNameTest {
    @ParameterizedTest
    @CsvSource({
        "bank.jpg, bank.jpg",
        "Die Bank am Fluss.jpeg, Die Bank am Fluss.jpeg",
        "no ending, no ending",
        ".., file",
        "..., file",
        "../../etc/passwd, _.._etc_passwd",
        ".bashrc, bashrc",
        "' .ssh ', ssh",
        "C:\\x.exe, C__x.exe",
        "'', file",
        "'a\u0000b\n.txt', ab.txt",
        "'gpj.\u202eexe', gpj.exe",
        "'\ud800x', x"
    })
    void isAPlainName(String said, String name) {
        assertThat(PlainName.of(said, 1)).isEqualTo(name);
    }

    @Test
    void numbersTheNextOnesBeforeTheEnding() {
        assertThat(PlainName.of("bank.jpg", 2)).isEqualTo("bank (2).jpg");
        assertThat(PlainName.of("bank", 3)).isEqualTo("bank (3)");
    }

    @Test
    void leavesRoomForTheEndingsOfWhatIsNotWhole() {
        String name = PlainName.of("\ud83c\udf33".repeat(60) + ".jpg", 100);

        assertThat(name).endsWith("\ud83c\udf33 (100).jpg");
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(177, 180);
        assertThat(PlainName.of("x".repeat(250) + "." + "y".repeat(250), 1)).hasSize(180);
    }
}
