package lethe.device.store;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A passphrase of a phone's owner, as UTF-8. It opens all lines of a phone, and is overwritten when it is closed. It
 * does not print.
 */
public final class Passphrase implements VaultKey, AutoCloseable {
    /** Fewer characters can be tried too soon. */
    public static final int SHORTEST = 8;

    public static final int LONGEST = 256;

    /** That a character of Java's has in UTF-8. */
    private static final int MOST_BYTES = 3;

    private final byte[] bytes;
    private @Nullable Derived last;

    /**
     * A passphrase as it was typed.
     *
     * @param typed overwritten
     */
    public Passphrase(char[] typed) {
        byte[] room = new byte[typed.length * MOST_BYTES];
        ByteBuffer encoded = ByteBuffer.wrap(room);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(typed), encoded, true);
        bytes = Arrays.copyOf(room, encoded.position());
        Arrays.fill(room, (byte) 0);
        Arrays.fill(typed, '\0');
    }

    /** Takes as much memory, and as long, as the cost says; once for all lines of a phone. */
    synchronized byte[] derive(Argon2Cost cost, byte[] salt) {
        Derived known = last;
        if (known == null || !known.cost.equals(cost) || !Arrays.equals(known.salt, salt)) {
            known = new Derived(cost, salt.clone(), cost.derive(bytes, salt));
            last = known;
        }
        return known.key.clone();
    }

    @Override
    public synchronized void close() {
        Arrays.fill(bytes, (byte) 0);
        if (last != null) {
            Arrays.fill(last.key, (byte) 0);
            last = null;
        }
    }

    @Override
    public String toString() {
        return "Passphrase[***]";
    }

    private static final class Derived {
        private final Argon2Cost cost;
        private final byte[] salt;
        private final byte[] key;

        private Derived(Argon2Cost cost, byte[] salt, byte[] key) {
            this.cost = cost;
            this.salt = salt;
            this.key = key;
        }
    }
}
