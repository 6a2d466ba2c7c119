package lethe.registrar.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmppFileTest {
    private static final String GOOD = """
            # the carrier
            host = smsc.example
            port=2775
            system=lethe
            password=sesame

            source=+4915110000000
            """;

    @TempDir
    private Path directory;

    @Test
    void saysHowACentreIsReached() throws IOException {
        assertThat(SmppFile.read(file(GOOD, "rw-------")))
                .isEqualTo(SmppSettings.of("smsc.example", 2775, "lethe", "sesame", "+4915110000000", null))
                .hasToString("SmppSettings[***]");
    }

    @Test
    void saysToWhichShortCodePhonesMaySendTexts() throws IOException {
        assertThat(SmppFile.read(file(GOOD, "rw-------")).shortCode()).isNull();
        assertThat(SmppFile.read(file(GOOD + "short-code=12345\n", "rw-------")).shortCode())
                .isEqualTo("12345");
    }

    @Test
    void isReadByItsOwnerOnly() throws IOException {
        Path open = file(GOOD, "rw-r-----");

        assertThatThrownBy(() -> SmppFile.read(open))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void isRefusedWithoutBeingQuoted() throws IOException {
        for (String bad : new String[] {
            "",
            GOOD.replace("port=2775", "port=SECRET"),
            GOOD.replace("password=sesame", "password=SECRET-TOO-LONG"),
            GOOD.replace("source=", "sauce="),
            GOOD.replace("system=lethe\n", ""),
            GOOD + "short-code=SECRET\n",
            GOOD + "short-code=12\n"
        }) {
            Path path = file(bad, "rw-------");
            assertThatThrownBy(() -> SmppFile.read(path))
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContaining("SECRET");
        }
    }

    private Path file(String text, String rights) throws IOException {
        Path path = Files.writeString(directory.resolve("smpp.conf"), text);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }
}
