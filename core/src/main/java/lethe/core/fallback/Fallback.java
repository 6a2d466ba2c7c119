package lethe.core.fallback;

import java.util.Locale;

/** What shall happen to a message that did not go over IP by its deadline. */
public enum Fallback {
    /** Nothing: it waits until it expires. */
    NONE,
    /** The sender's phone sends it as an SMS, on its owner's tariff. */
    DEVICE,
    /** The operator's gateway sends what the capsule says. */
    GATEWAY,
    /** The operator's gateway sends a notice that says that there is a message, and nothing of it. */
    NOTICE;

    /** Whether a gateway sends it, so that a capsule has to come with the message. */
    public boolean needsCapsule() {
        return this == GATEWAY || this == NOTICE;
    }

    /** The word on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The mode for a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Fallback ofWord(String word) {
        for (Fallback fallback : values()) {
            if (fallback.word().equals(word)) {
                return fallback;
            }
        }
        throw new IllegalArgumentException("not a fallback");
    }
}
