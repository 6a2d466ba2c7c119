package lethe.registrar.tagger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.oprf.RevealsKeys;
import lethe.oprf.SecretKey;
import lethe.registrar.process.PrivateFile;

/**
 * The file with a tagger's keys: a line for each, its version and the key in base64url. Mode 0600, and not read with
 * any other right for anybody else.
 */
final class KeyFile {
    private static final String LINE = "[1-9][0-9]{0,8} [A-Za-z0-9_-]{43}";

    private final PrivateFile file;

    KeyFile(Path path) {
        this.file = new PrivateFile(path);
    }

    boolean exists() {
        return file.exists();
    }

    /**
     * Reads it.
     *
     * @throws IOException if there is none, others may read it, or it does not hold keys; it is not quoted
     */
    Keyring read() throws IOException {
        return keyring(file.read());
    }

    private Keyring keyring(String text) throws IOException {
        Map<Integer, SecretKey> keys = new HashMap<>();
        for (String line : text.lines().toList()) {
            if (!line.matches(LINE)) {
                throw notKeys();
            }
            int space = line.indexOf(' ');
            SecretKey key = key(line.substring(space + 1)).orElseThrow(this::notKeys);
            if (keys.put(Integer.parseInt(line.substring(0, space)), key) != null) {
                throw notKeys();
            }
        }
        if (keys.isEmpty() || keys.size() > Keyring.MOST) {
            throw notKeys();
        }
        return Keyring.of(keys);
    }

    private static Optional<SecretKey> key(String text) {
        try {
            return SecretKey.decode(Opaque.fromText(text));
        } catch (IllegalArgumentException notCanonical) {
            return Optional.empty();
        }
    }

    private IOException notKeys() {
        return new IOException("the file " + file + " does not hold a tagger's keys");
    }

    /**
     * Makes it, durably, with the directories above it.
     *
     * @throws IOException if there is one already: a key that is lost is lost with all its tags
     */
    void create(Keyring keys) throws IOException {
        file.create(lines(keys));
    }

    /** Puts other keys in their place, at once or not at all; durable on return. */
    void replace(Keyring keys) throws IOException {
        file.replace(lines(keys));
    }

    @RevealsKeys("keys outlive the process in a file that only its owner can read")
    private static String lines(Keyring keys) {
        StringBuilder lines = new StringBuilder();
        keys.keys()
                .forEach((version, key) -> lines.append(version)
                        .append(' ')
                        .append(key.reveal().toText())
                        .append('\n'));
        return lines.toString();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
