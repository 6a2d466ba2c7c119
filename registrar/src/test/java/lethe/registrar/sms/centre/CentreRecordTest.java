package lethe.registrar.sms.centre;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CentreRecordTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-29T03:00:00.250Z"), ZoneOffset.UTC);
    private static final byte[] SECOND_OF_TWO = {5, 0, 3, 7, 2, 2};

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("centre.jsonl");
    }

    @Test
    void hasALineForEachOfWhatCame() throws IOException {
        try (CentreRecord record = CentreRecord.open(file, CLOCK)) {
            record.add(received("1a2b3c", "good \"morning\"\n", new byte[0]));
            record.add(received("", "and on", SECOND_OF_TWO));
        }

        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"id\":\"1a2b3c\",\"number\":\"+4915110000001\",\"text\":\"good \\\"morning\\\"\\n\","
                                + "\"part\":1,\"parts\":1,\"at\":\"2026-11-29T03:00:00.250Z\"}",
                        "{\"id\":\"\",\"number\":\"+4915110000001\",\"text\":\"and on\","
                                + "\"part\":2,\"parts\":2,\"at\":\"2026-11-29T03:00:00.250Z\"}");
    }

    @Test
    void isForItsOwnerAndGoesOnAfterARestart() throws IOException {
        for (String text : new String[] {"before", "after"}) {
            try (CentreRecord record = CentreRecord.open(file, CLOCK)) {
                record.add(received("1", text, new byte[0]));
            }
        }

        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private static Received received(String id, String text, byte[] header) {
        byte[] said = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] message = new byte[header.length + said.length];
        System.arraycopy(header, 0, message, 0, header.length);
        System.arraycopy(said, 0, message, header.length, said.length);
        Opaque none = Opaque.wrap(new byte[0]);
        return new Received(
                id, "+4915110000001", Opaque.wrap(message), none, 0, header.length > 0, -1, -1, -1, "", !id.isEmpty());
    }
}
