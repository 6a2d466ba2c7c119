package lethe.core.protocol;

import java.util.Locale;

/** What became of an SMS that a gateway was given: each ends in exactly one of these. */
public enum SmsEnd {
    /** All parts are on the handset, as the carrier says. */
    DELIVERED,
    /** At least one part will never be. */
    FAILED,
    /** Nobody can tell: it may have arrived, and is not sent again. */
    UNKNOWN,
    /** For certain no part left the gateway, which was restarted before: the same capsule may be put again. */
    UNSENT;

    /** The word on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The one with this word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SmsEnd ofWord(String word) {
        for (SmsEnd end : values()) {
            if (end.word().equals(word)) {
                return end;
            }
        }
        throw new IllegalArgumentException("not an end");
    }
}
