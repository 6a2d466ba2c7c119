package lethe.device.inbox;

import java.time.Duration;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import org.jspecify.annotations.Nullable;

/** What is found of something that came in. */
public sealed interface Admission {
    /**
     * It can be opened.
     *
     * @param body what the application gets
     * @param use what has to be noted in the same write, so that it is opened once only; empty for nothing
     * @param letter names what it says, whatever message it came in: one that came before is not told again. Null if it
     *     is no letter
     */
    record Good(Opaque body, Opaque use, @Nullable MessageId letter) implements Admission {
        /** No letter. */
        public Good(Opaque body, Opaque use) {
            this(body, use, null);
        }

        @Override
        public String toString() {
            return "Good[***]";
        }
    }

    /** It was given to whomever it is for, and is not for the inbox: it may come again. */
    record Fleeting() implements Admission {}

    /** It cannot be opened, now or later: its sender hears so. */
    record Refused() implements Admission {}

    /**
     * That cannot be found out now, and is asked again.
     *
     * @param retryAfter how long at least not; null for as usual
     */
    record NotNow(@Nullable Duration retryAfter) implements Admission {}
}
