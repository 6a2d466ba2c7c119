package lethe.registrar.verifier;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that proves a number when it comes from it: a word, and a name of 80 random bits in the alphabet of RFC
 * 4648, section 6, which no handset and no centre changes.
 */
final class SessionText {
    private static final String WORD = "LETHE ";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int CHARACTERS = 16;
    private static final Pattern FORM = Pattern.compile("\\s*lethe\\s+([a-z2-7]{16})\\s*", Pattern.CASE_INSENSITIVE);

    private SessionText() {}

    /**
     * A new one.
     *
     * @param random a cryptographically strong source
     */
    static String draw(RandomGenerator random) {
        StringBuilder text = new StringBuilder(WORD);
        for (int i = 0; i < CHARACTERS; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** What was drawn, from what a phone sent: spaces and small letters are forgiven. Empty if it is something else. */
    static Optional<String> read(String sent) {
        Matcher form = FORM.matcher(sent);
        return form.matches() ? Optional.of(WORD + form.group(1).toUpperCase(Locale.ROOT)) : Optional.empty();
    }
}
