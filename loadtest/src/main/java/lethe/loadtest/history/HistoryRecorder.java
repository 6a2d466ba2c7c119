package lethe.loadtest.history;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * The one recorder of a run: writes every event as a JSON line, stamped by one monotonic clock. Any thread may record.
 */
public final class HistoryRecorder implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final ObjectWriter LINE = JSON.writerFor(HistoryEvent.class);

    private final BufferedWriter lines;
    private final LongSupplier nanoClock;
    private final long begin;

    /**
     * Begins an empty history.
     *
     * @param nanoClock monotonic, in nanoseconds
     */
    public HistoryRecorder(Path file, LongSupplier nanoClock) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        this.lines = Files.newBufferedWriter(file);
        this.nanoClock = nanoClock;
        this.begin = nanoClock.getAsLong();
    }

    /** Nanoseconds since this history began. */
    public long now() {
        return nanoClock.getAsLong() - begin;
    }

    /** Writes the event that is made of the present time. */
    public synchronized void record(LongFunction<HistoryEvent> event) {
        try {
            lines.write(LINE.writeValueAsString(event.apply(now())));
            lines.newLine();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        lines.close();
    }

    /** The events of a file, in the order in which they were written. */
    public static List<HistoryEvent> read(Path file) throws IOException {
        try (var lines = JSON.readerFor(HistoryEvent.class).<HistoryEvent>readValues(file.toFile())) {
            return lines.readAll();
        }
    }
}
