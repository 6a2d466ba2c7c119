package lethe.core.protocol;

import java.util.Locale;

/** How much a message may cost the recipient's battery (RFC 8030, section 5.3). It does not change the order. */
public enum Urgency {
    VERY_LOW,
    LOW,
    NORMAL,
    HIGH;

    /** The word on the wire, for example {@code very-low}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The urgency for a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Urgency ofWord(String word) {
        for (Urgency urgency : values()) {
            if (urgency.word().equals(word)) {
                return urgency;
            }
        }
        throw new IllegalArgumentException("not an urgency");
    }
}
