package lethe.gatling;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of one simulation: one line of JSON, in a file and on standard output. */
final class Summary {
    private final Map<String, Object> line = new LinkedHashMap<>();
    private final Path file;

    Summary(String simulation, Parameters given) {
        file = Parameters.summary(simulation);
        line.put("simulation", simulation);
        line.put("parameters", given.read());
    }

    Summary with(Map<String, Object> figures) {
        line.putAll(figures);
        return this;
    }

    Summary with(String figure, Object value) {
        line.put(figure, value);
        return this;
    }

    /** Writes and prints it. */
    void publish() {
        try {
            String text = new JsonMapper().writeValueAsString(line);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text + "\n");
            System.out.println(text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
