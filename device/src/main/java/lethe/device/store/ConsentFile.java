package lethe.device.store;

import java.io.IOException;
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
    private static final String NAME = "consent";

    private ConsentFile() {}

    static Optional<GivenConsent> read(PhoneFiles files) throws IOException {
        Optional<String> text = files.readText(NAME);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = text.get().lines().toList();
        try {
            Set<Scope> scopes =
                    Arrays.stream(lines.get(1).split(" ")).map(Scope::valueOf).collect(Collectors.toSet());
            return Optional.of(new GivenConsent(Long.parseLong(lines.get(0)), scopes, Instant.parse(lines.get(2))));
        } catch (IllegalArgumentException | DateTimeParseException | IndexOutOfBoundsException e) {
            throw new IOException("the file " + files.path(NAME) + " is no consent; delete it and opt in anew");
        }
    }

    static void write(PhoneFiles files, GivenConsent given) throws IOException {
        String scopes = given.scopes().stream().map(Scope::name).sorted().collect(Collectors.joining(" "));
        String lines = given.epoch() + "\n" + scopes + "\n" + given.at() + "\n";
        files.replaceText(NAME, lines);
    }

    static void delete(PhoneFiles files) throws IOException {
        files.delete(NAME);
    }
}
