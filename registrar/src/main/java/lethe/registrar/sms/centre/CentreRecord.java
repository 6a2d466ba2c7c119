package lethe.registrar.sms.centre;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;

/**
 * A file of all that came to a centre for development, numbers and texts in clear, so that a test can count them: a
 * line of JSON each, with {@code id} (empty if it was not taken), {@code number}, {@code text}, {@code part},
 * {@code parts} and {@code at}. Each is written before its SMS is answered. Safe for use by many threads.
 */
final class CentreRecord implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();

    private final BufferedWriter lines;
    private final Clock clock;

    private CentreRecord(BufferedWriter lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    /** Goes on at the end of a file, or begins one that its owner alone may read. */
    static CentreRecord open(Path file, Clock clock) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException earlier) {
            // Its lines stay.
        }
        return new CentreRecord(Files.newBufferedWriter(file, StandardOpenOption.APPEND), clock);
    }

    /**
     * Writes one.
     *
     * @throws UncheckedIOException if the disk is full: no SMS is answered that is not in here
     */
    void add(Received sms) {
        try {
            add(line(sms));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private String line(Received sms) throws IOException {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("id", sms.id());
            json.writeStringField("number", sms.number());
            json.writeStringField("text", sms.text());
            json.writeNumberField("part", sms.part());
            json.writeNumberField("parts", sms.parts());
            json.writeStringField("at", clock.instant().toString());
            json.writeEndObject();
        }
        return line.toString();
    }

    private synchronized void add(String line) throws IOException {
        lines.write(line);
        lines.newLine();
        lines.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        lines.close();
    }
}
