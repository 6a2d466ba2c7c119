package lethe.loadtest.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a document that a command writes, between two comments that readers do not see. */
final class Section {
    private static final String BEGIN = "<!-- compare:begin -->";
    private static final String END = "<!-- compare:end -->";
    private static final String NEW_DOCUMENT = "# Performance\n";

    private Section() {}

    /** Writes the part anew and leaves all else as it is; where there is no such part, or no document, it is made. */
    static void write(Path document, String content) throws IOException {
        String before = Files.exists(document) ? Files.readString(document) : NEW_DOCUMENT;
        Files.writeString(document, replace(before, content));
    }

    static String replace(String document, String content) {
        String section = BEGIN + "\n" + content.strip() + "\n" + END;
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END);
        if (begin < 0 || end < begin) {
            return document.stripTrailing() + "\n\n" + section + "\n";
        }
        return document.substring(0, begin) + section + document.substring(end + END.length());
    }
}
