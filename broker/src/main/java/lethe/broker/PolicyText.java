package lethe.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import lethe.core.consent.Policy;

/**
 * The policy of the settings, with the text that phones show. In force until a later one was raised.
 *
 * @param policy whose hash is that of the text
 */
public record PolicyText(Policy policy, String text) {
    /** The text of the given file, or Lethe's own if the path is empty. */
    static PolicyText of(long epoch, Path file) {
        try {
            String text = file.toString().isEmpty() ? ours() : Files.readString(file);
            return new PolicyText(Policy.of(epoch, text), text);
        } catch (IOException e) {
            throw new UncheckedIOException("lethe.policy.text-file cannot be read", e);
        }
    }

    private static String ours() throws IOException {
        try (InputStream in = PolicyText.class.getResourceAsStream("/lethe/policy.txt")) {
            if (in == null) {
                throw new IOException("lethe/policy.txt is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
