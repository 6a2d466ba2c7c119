package lethe.loadtest.history;

import java.util.Locale;

/** The ways in which a history can break a promise (DESIGN.md 1). */
public enum Breach {
    /** Sent, and neither delivered nor ended in another way. */
    LOST,
    /** Delivered or ended without having been sent so: unknown, to another phone, or with other content. */
    UNEXPECTED,
    /** First delivered after a later message of the same sender to the same recipient. */
    REORDERED,
    /** Handed to the application more than once, or to modem or centre more than once. */
    DUPLICATED,
    /** The sender never heard how it ended. */
    UNTERMINATED,
    /** The sender heard more than once how it ended. */
    TERMINATED_TWICE,
    /** Delivered over IP, and sent as SMS too; but see {@link Channels}. */
    TWO_CHANNELS,
    /** Delivered to a subscriber who had opted out. */
    AFTER_OPT_OUT;

    /** For people and for JSON, for example {@code after_opt_out}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
