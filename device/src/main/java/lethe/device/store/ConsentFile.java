package lethe.device.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.core.consent.Scope;

/** The file {@code consent} of a phone: it exists only while Lethe is on. */
final class ConsentFile {
    private ConsentFile() {}

    static Optional<GivenConsent> read(Path directory) throws IOException {
        Path file = file(directory);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
        try {
            Set<Scope> scopes =
                    Arrays.stream(lines.get(1).split(" ")).map(Scope::valueOf).collect(Collectors.toSet());
            return Optional.of(new GivenConsent(Long.parseLong(lines.get(0)), scopes, Instant.parse(lines.get(2))));
        } catch (IllegalArgumentException | DateTimeParseException | IndexOutOfBoundsException e) {
            throw new IOException("the file " + file + " is no consent; delete it and opt in anew");
        }
    }

    static void write(Path directory, GivenConsent given) throws IOException {
        String scopes = given.scopes().stream().map(Scope::name).sorted().collect(Collectors.joining(" "));
        String lines = given.epoch() + "\n" + scopes + "\n" + given.at() + "\n";
        PrivateFiles.replace(file(directory), lines.getBytes(StandardCharsets.US_ASCII));
    }

    static void delete(Path directory) throws IOException {
        PrivateFiles.delete(file(directory));
    }

    private static Path file(Path directory) {
        return directory.resolve("consent");
    }
}
