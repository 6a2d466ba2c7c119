package lethe.device.store;

import java.io.IOException;
import java.util.Optional;
import lethe.core.identity.Tag;

/** The file {@code owed} of a phone: at which address a broker still has to erase. */
final class OwedFile {
    private static final String NAME = "owed";

    private OwedFile() {}

    static Optional<Tag> read(PhoneFiles files) throws IOException {
        Optional<String> text = files.readText(NAME);
        try {
            return text.map(String::strip).map(Tag::fromText);
        } catch (IllegalArgumentException e) {
            throw new IOException("the file " + files.path(NAME) + " is no address");
        }
    }

    static void write(PhoneFiles files, Tag address) throws IOException {
        files.replaceText(NAME, address.toText() + "\n");
    }

    static void delete(PhoneFiles files) throws IOException {
        files.delete(NAME);
    }
}
