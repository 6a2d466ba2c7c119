package lethe.device.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file {@code policy} of a phone: the highest policy epoch that its operator's signature has shown it. */
final class PolicyFile {
    private PolicyFile() {}

    /** 0 if there is none. */
    static long read(Path directory) throws IOException {
        Path file = file(directory);
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            return Long.parseLong(
                    Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (NumberFormatException e) {
            throw new IOException("the file " + file + " names no policy epoch");
        }
    }

    static void write(Path directory, long epoch) throws IOException {
        PrivateFiles.replace(file(directory), (epoch + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static Path file(Path directory) {
        return directory.resolve("policy");
    }
}
