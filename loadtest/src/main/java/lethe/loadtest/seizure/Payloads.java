package lethe.loadtest.seizure;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import lethe.core.identity.Opaque;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.Program;

/**
 * What the rows of waiting messages carry, byte for byte as Cassandra has it ({@code lethe cassandra payloads}).
 *
 * @param envelopes one for each message
 * @param keys newer keys of them, for subscribers whose messages have waited for an epoch
 */
record Payloads(List<Opaque> envelopes, List<Opaque> keys) {
    /** The codes of rows, as they are stored: they do not change. */
    private static final String HELD = "3 ";

    private static final String KEYS = "5 ";

    Payloads {
        envelopes = List.copyOf(envelopes);
        keys = List.copyOf(keys);
    }

    /**
     * All there are now.
     *
     * @param contact where Cassandra answers CQL
     */
    static Payloads of(String contact) throws IOException, InterruptedException {
        List<String> arguments = List.of("cassandra", "payloads", "--contact", contact);
        Process process = new ProcessBuilder(Program.current().command(Installation.SMALL, arguments))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> rows = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(rows::add);
        }
        if (process.waitFor() != 0) {
            throw new IOException("lethe cassandra payloads ended without an answer");
        }
        return new Payloads(payloads(rows, HELD), payloads(rows, KEYS));
    }

    /** For whoever wants to try other keys on what is kept. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        envelopes.forEach(payload -> lines.add("envelope " + payload.toText()));
        keys.forEach(payload -> lines.add("keys " + payload.toText()));
        Files.write(file, lines);
    }

    private static List<Opaque> payloads(List<String> rows, String kind) {
        return rows.stream()
                .filter(row -> row.startsWith(kind))
                .map(row -> Opaque.wrap(Base64.getDecoder().decode(row.substring(kind.length()))))
                .toList();
    }
}
