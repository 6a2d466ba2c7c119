package lethe.registrar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The table of bounds that a document has: the rows between its heading line and the first line that is none. */
public final class LimitsOfADocument {
    private LimitsOfADocument() {}

    public static List<String> rows(String document) throws IOException {
        Path home = Path.of(Objects.requireNonNull(System.getProperty("lethe.home")));
        return Files.readAllLines(home.resolve("docs").resolve(document)).stream()
                .dropWhile(line -> !line.startsWith("| `--limit`"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }
}
