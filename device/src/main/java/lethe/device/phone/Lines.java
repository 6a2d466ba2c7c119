package lethe.device.phone;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the owner types, line by line. */
final class Lines {
    private final BufferedReader in;
    private final @Nullable Console console;

    Lines(InputStream in, @Nullable Console console) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.console = console;
    }

    /** The next line; empty at the end. */
    Optional<String> next() {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A secret, not shown while it is typed, and in no string: whoever reads it overwrites it.
     *
     * @param most further characters are cut off, unless a terminal reads them
     */
    Optional<char[]> secret(int most) {
        if (console != null) {
            return Optional.ofNullable(console.readPassword());
        }
        char[] typed = new char[most];
        try {
            int length = 0;
            int next = in.read();
            boolean ended = next < 0;
            for (; next >= 0 && next != '\n'; next = in.read()) {
                if (length < most && next != '\r') {
                    typed[length++] = (char) next;
                }
            }
            return ended ? Optional.empty() : Optional.of(Arrays.copyOf(typed, length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    /** The next line, not shown while it is typed. */
    Optional<String> hidden() {
        if (console == null) {
            return next();
        }
        char[] typed = console.readPassword();
        return typed == null ? Optional.empty() : Optional.of(new String(typed));
    }
}
