package lethe.registrar.sms;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How a centre's name for an SMS in its answer (submit_sm_resp) and in the text of its report differ. An SMS is known
 * by one key, which is made of either.
 */
public enum IdProfile {
    /** Not at all, but for upper and lower case. */
    EXACT(0, 0),
    /** Hexadecimal in answers, decimal in reports. */
    HEX_DECIMAL(16, 10),
    /** Decimal in answers, hexadecimal in reports. */
    DECIMAL_HEX(10, 16);

    /** Characters of an id (SMPP 3.4, section 5.2.23). */
    private static final int LONGEST = 64;

    private final int answers;
    private final int reports;

    IdProfile(int answers, int reports) {
        this.answers = answers;
        this.reports = reports;
    }

    /** The word in configuration, for example {@code hex-decimal}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one with this word; empty if there is none. */
    public static Optional<IdProfile> ofWord(String word) {
        return Arrays.stream(values())
                .filter(profile -> profile.word().equals(word))
                .findFirst();
    }

    /** The key of an id in an answer. */
    public String ofAnswer(String id) {
        return key(id, answers);
    }

    /** The key of an id in the text of a report. */
    public String ofText(String id) {
        return key(id, reports);
    }

    /**
     * The key that the parameter {@code receipted_message_id} means: in the form of answers, unless the text beside it
     * is of the same SMS only if it is in that of reports.
     *
     * @param text the id in the text; empty if there is none
     */
    String ofParameter(String id, String text) {
        return !text.isEmpty() && ofText(id).equals(ofText(text)) ? ofText(id) : ofAnswer(id);
    }

    private static String key(String id, int radix) {
        String bare = id.strip();
        if (radix != 0 && bare.length() <= LONGEST) {
            try {
                return "#" + new BigInteger(bare, radix).toString();
            } catch (NumberFormatException otherwise) {
                // Some centres have ids of several kinds.
            }
        }
        return bare.toLowerCase(Locale.ROOT);
    }
}
