package lethe.device.registration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lethe.client.permit.HeldPermit;
import lethe.device.store.PrivateFiles;

/** The file {@code permit} of a phone: what taggers are shown, with its key. It is there once a number was proven. */
public final class PermitFile {
    private PermitFile() {}

    /** Puts a permit in the place of the one before; durable on return. */
    public static void write(Path directory, HeldPermit permit) throws IOException {
        PrivateFiles.replace(file(directory), permit.toLines().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The phone's permit; empty if it has none.
     *
     * @throws IOException if the file holds something else; it is not quoted
     */
    public static Optional<HeldPermit> read(Path directory) throws IOException {
        Path file = file(directory);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Optional<HeldPermit> permit = HeldPermit.fromLines(Files.readString(file, StandardCharsets.US_ASCII));
        if (permit.isEmpty()) {
            throw new IOException("the file " + file + " is no permit; delete it and register anew");
        }
        return permit;
    }

    private static Path file(Path directory) {
        return directory.resolve("permit");
    }
}
