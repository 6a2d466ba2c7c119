package lethe.device.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.device.sim.SimMark;

/** The file {@code sim} of a phone: by which it knows its SIM again. */
final class SimFile {
    private SimFile() {}

    static Optional<SimMark> read(Path directory) throws IOException {
        Path file = directory.resolve("sim");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
        try {
            return Optional.of(new SimMark(Opaque.fromText(lines.get(0)), Opaque.fromText(lines.get(1))));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("the file " + file + " is no mark of a SIM; delete it and opt in anew");
        }
    }

    static void write(Path directory, SimMark mark) throws IOException {
        String lines = mark.secret().toText() + "\n" + mark.mark().toText() + "\n";
        PrivateFiles.replace(directory.resolve("sim"), lines.getBytes(StandardCharsets.US_ASCII));
    }
}
