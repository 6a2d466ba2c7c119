package lethe.device.store;

import java.io.IOException;
import java.util.Optional;

/** The file {@code policy} of a phone: the highest policy epoch that its operator's signature has shown it. */
final class PolicyFile {
    private static final String NAME = "policy";

    private PolicyFile() {}

    /** 0 if there is none. */
    static long read(PhoneFiles files) throws IOException {
        Optional<String> text = files.readText(NAME);
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text.get().strip());
        } catch (NumberFormatException e) {
            throw new IOException("the file " + files.path(NAME) + " names no policy epoch");
        }
    }

    static void write(PhoneFiles files, long epoch) throws IOException {
        files.replaceText(NAME, epoch + "\n");
    }
}
