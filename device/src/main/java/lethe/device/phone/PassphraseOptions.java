package lethe.device.phone;

import java.io.ByteArrayInputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import lethe.device.store.Passphrase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where a phone's passphrase comes from: the terminal, which does not show it; a file; or else the next line of
 * standard input, of which nothing more is read. Never from an argument.
 */
final class PassphraseOptions {
    /** One more than is taken, so that what is cut off is not taken for a shorter one. */
    private static final int MOST_BYTES = 4 * Passphrase.LONGEST + 1;

    @Option(
            names = "--passphrase",
            description = "Encrypt the phone's files under a passphrase, which is asked for. A phone that is encrypted"
                    + " asks by itself.")
    private boolean wanted;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "The passphrase is the first line of this file, for scripts. Encrypts, as --passphrase does.")
    private @Nullable Path file;

    boolean isWanted() {
        return wanted || file != null;
    }

    /**
     * The passphrase of a phone; empty if the input ends.
     *
     * @throws IOException if the file cannot be read
     */
    Optional<char[]> read(String question) throws IOException {
        return read(question, file);
    }

    /** As {@link #read(String)}, from another file, if there is one. */
    static Optional<char[]> read(String question, @Nullable Path file) throws IOException {
        if (file != null) {
            byte[] content = Files.readAllBytes(file);
            try {
                return line(new ByteArrayInputStream(content));
            } finally {
                Arrays.fill(content, (byte) 0);
            }
        }
        Optional<Console> console = Terminal.find();
        return console.isPresent() ? Optional.ofNullable(console.get().readPassword("%s ", question)) : line(System.in);
    }

    /** A passphrase that is new: typed twice at a terminal. Empty if it is none, or if these are two. */
    Optional<Passphrase> choose(String question) throws IOException {
        return choose(question, file);
    }

    /** As {@link #choose(String)}, from another file, if there is one. */
    static Optional<Passphrase> choose(String question, @Nullable Path file) throws IOException {
        char[] first = read(question, file).orElseGet(() -> new char[0]);
        char[] second = file == null && Terminal.find().isPresent()
                ? read("Again:", null).orElseGet(() -> new char[0])
                : first.clone();
        boolean good = Arrays.equals(first, second)
                && first.length >= Passphrase.SHORTEST
                && first.length <= Passphrase.LONGEST;
        Arrays.fill(second, '\0');
        Passphrase chosen = new Passphrase(first);
        if (good) {
            return Optional.of(chosen);
        }
        chosen.close();
        return Optional.empty();
    }

    /** One byte at a time, so that what follows is there for others. */
    private static Optional<char[]> line(InputStream in) throws IOException {
        byte[] bytes = new byte[MOST_BYTES];
        int length = 0;
        int next = in.read();
        boolean ended = next < 0;
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (length < MOST_BYTES && next != '\r') {
                bytes[length++] = (byte) next;
            }
        }
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, length));
        char[] typed = new char[decoded.remaining()];
        decoded.get(typed);
        Arrays.fill(decoded.array(), '\0');
        Arrays.fill(bytes, (byte) 0);
        return ended ? Optional.empty() : Optional.of(typed);
    }
}
