package lethe.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import lethe.core.consent.Policy;
import lethe.core.identity.Opaque;

/**
 * The policy in force with the text that phones show.
 *
 * @param policy whose hash is that of the text
 */
public record PolicyText(Policy policy, String text) {
    /** The text of the given file, or Lethe's own if the path is empty. */
    static PolicyText of(long epoch, Path file) {
        try {
            String text = file.toString().isEmpty() ? ours() : Files.readString(file);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new PolicyText(new Policy(epoch, Opaque.wrap(hash)), text);
        } catch (IOException e) {
            throw new UncheckedIOException("lethe.policy.text-file cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
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
