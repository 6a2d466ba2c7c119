package lethe.device.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lethe.core.identity.Tag;

/** The file {@code owed} of a phone: at which address a broker still has to erase. */
final class OwedFile {
    private OwedFile() {}

    static Optional<Tag> read(Path directory) throws IOException {
        Path file = file(directory);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Tag.fromText(
                    Files.readString(file, StandardCharsets.US_ASCII).strip()));
        } catch (IllegalArgumentException e) {
            throw new IOException("the file " + file + " is no address");
        }
    }

    static void write(Path directory, Tag address) throws IOException {
        PrivateFiles.replace(file(directory), (address.toText() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    static void delete(Path directory) throws IOException {
        PrivateFiles.delete(file(directory));
    }

    private static Path file(Path directory) {
        return directory.resolve("owed");
    }
}
