package lethe.device.sms;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lethe.core.identity.MessageId;
import lethe.core.identity.Statement;

/**
 * What an SMS ends with that stands for a letter, so that a phone which gets both takes them for the same: 30 bits of a
 * digest of the letter's name, as {@code #} and six characters. Each takes one septet in every SMS alphabet (3GPP TS
 * 23.038). Names are random to whoever has not read the letter.
 *
 * @param text for example {@code #k7f2qx}
 */
public record ShortTag(String text) {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int BITS = 5;
    private static final String FORM = "#[" + ALPHABET + "]{6}";
    private static final Pattern LAST = Pattern.compile("(.*) (" + FORM + ")\\s*", Pattern.DOTALL);

    public ShortTag {
        if (!isOne(text)) {
            throw new IllegalArgumentException("not a short tag");
        }
    }

    static boolean isOne(String text) {
        return text.matches(FORM);
    }

    /**
     * What an SMS says.
     *
     * @param text without the tag
     */
    public record Tagged(String text, ShortTag tag) {
        @Override
        public String toString() {
            return "Tagged[***]";
        }
    }

    /** The tag of a name, the same each time. */
    public static ShortTag of(MessageId name) {
        byte[] digest =
                sha256(Statement.of("lethe/1 short tag").with(name.bytes()).toBytes());
        int bits = ByteBuffer.wrap(digest).getInt();
        StringBuilder text = new StringBuilder("#");
        for (int left = Integer.SIZE - BITS; left > 0; left -= BITS) {
            text.append(ALPHABET.charAt((bits >>> left) & 31));
        }
        return new ShortTag(text.toString());
    }

    /** An SMS in parts; empty if it ends with no tag. */
    public static Optional<Tagged> read(String sms) {
        Matcher parts = LAST.matcher(sms);
        return parts.matches()
                ? Optional.of(new Tagged(parts.group(1), new ShortTag(parts.group(2))))
                : Optional.empty();
    }

    /** A text that ends with it. */
    public String after(String said) {
        return said + " " + text;
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    @Override
    public String toString() {
        return "ShortTag[***]";
    }
}
