package lethe.broker.sms;

import java.util.Locale;
import lethe.core.protocol.SmsEnd;

/** What a report said, for operators. */
public enum ReportOutcome {
    DELIVERED,
    FAILED,
    UNKNOWN,
    UNSENT,
    /** It has no label that this installation has made for its message. */
    UNREADABLE;

    static ReportOutcome of(SmsEnd end) {
        return switch (end) {
            case DELIVERED -> DELIVERED;
            case FAILED -> FAILED;
            case UNKNOWN -> UNKNOWN;
            case UNSENT -> UNSENT;
        };
    }

    /** As a label. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
