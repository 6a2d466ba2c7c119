package lethe.loadtest.process;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code lethe cassandra rows}, kept running: counts the rows of all tables whenever it is asked. */
final class RowCounter implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    private boolean asked = true; // it counts once unasked, at its start

    private RowCounter(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
    }

    static RowCounter start(Program program, String contact) throws IOException {
        List<String> arguments = List.of("cassandra", "rows", "--contact", contact, "--each-line");
        return new RowCounter(new ProcessBuilder(program.command(Installation.SMALL, arguments))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** How many rows each table has now. */
    SortedMap<String, Long> count() throws IOException {
        if (!asked) {
            questions.append('\n').flush();
        }
        asked = false;
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith("{")) {
                return JSON.readValue(line, new TypeReference<TreeMap<String, Long>>() {});
            }
        }
        throw new IOException("lethe cassandra rows ended without an answer");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
