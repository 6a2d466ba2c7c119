package lethe.loadtest.seizure;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import lethe.core.identity.Opaque;
import lethe.loadtest.process.Program;

/** {@code lethe cassandra payloads}: what the rows of waiting messages carry, byte for byte as Cassandra has it. */
final class Payloads {
    /** The code of a row that is an envelope which waits. Stored, so it does not change. */
    private static final String HELD = "3 ";

    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m");

    private Payloads() {}

    /**
     * All there are now.
     *
     * @param contact where Cassandra answers CQL
     */
    static List<Opaque> held(String contact) throws IOException, InterruptedException {
        List<String> arguments = List.of("cassandra", "payloads", "--contact", contact);
        Process process = new ProcessBuilder(Program.current().command(SMALL, arguments))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Opaque> payloads = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(HELD)) {
                    payloads.add(Opaque.wrap(Base64.getDecoder().decode(line.substring(HELD.length()))));
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("lethe cassandra payloads ended without an answer");
        }
        return payloads;
    }
}
