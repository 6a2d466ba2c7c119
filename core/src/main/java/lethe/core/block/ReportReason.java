package lethe.core.block;

import java.util.Locale;

/** Why somebody reports a message. The broker counts them; it cannot know whether they are true. */
public enum ReportReason {
    /** Sent to many who did not ask for it. */
    SPAM,
    /** Wants money or secrets under a false name. */
    FRAUD,
    /** Threatens or insults. */
    HARASSMENT,
    OTHER;

    /** On the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
