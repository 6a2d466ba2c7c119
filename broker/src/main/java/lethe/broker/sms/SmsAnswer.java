package lethe.broker.sms;

import java.time.Duration;
import java.time.Instant;

/** What a gateway says to an SMS. */
public sealed interface SmsAnswer {
    /**
     * It is taken, durably: there will be a report.
     *
     * @param until by then
     */
    record Taken(Instant until) implements SmsAnswer {}

    /** It is not taken, and will not be: nothing of it was or will be sent. */
    record Refused() implements SmsAnswer {}

    /**
     * It is not taken now: nothing of it was sent.
     *
     * @param after when to ask again, at the earliest
     */
    record Busy(Duration after) implements SmsAnswer {}

    /** Nobody knows whether it is taken: no answer, or one that cannot be read. */
    record Unanswered() implements SmsAnswer {}
}
