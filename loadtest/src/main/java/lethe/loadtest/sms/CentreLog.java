package lethe.loadtest.sms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What an SMS centre writes down, read as it grows. For one thread at a time. */
final class CentreLog {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private long read;

    /**
     * What came to the centre.
     *
     * @param part which of its SMS, from 1
     * @param parts how many its SMS has
     * @param taken whether the centre took it
     */
    record Line(String number, String text, int part, int parts, boolean taken, Instant at) {
        private static Line of(String json) throws IOException {
            JsonNode line = JSON.readTree(json);
            return new Line(
                    line.get("number").asText(),
                    line.get("text").asText(),
                    line.get("part").asInt(),
                    line.get("parts").asInt(),
                    !line.get("id").asText().isEmpty(),
                    Instant.parse(line.get("at").asText()));
        }
    }

    CentreLog(Path file) {
        this.file = file;
    }

    /** The lines since the last time; one that is being written is left for the next. */
    List<Line> more() throws IOException {
        List<Line> lines = new ArrayList<>();
        if (Files.exists(file)) {
            String grown = grown();
            int end = grown.lastIndexOf('\n') + 1;
            read += grown.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
            for (String line : grown.substring(0, end).lines().toList()) {
                lines.add(Line.of(line));
            }
        }
        return lines;
    }

    private String grown() throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) (open.length() - read)];
            open.seek(read);
            open.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
