package lethe.device.inbox;

import lethe.core.identity.Opaque;

/** What is found of something that came in. */
public sealed interface Admission {
    /**
     * It can be opened.
     *
     * @param body what the application gets
     * @param use what has to be noted in the same write, so that it is opened once only; empty for nothing
     */
    record Good(Opaque body, Opaque use) implements Admission {
        @Override
        public String toString() {
            return "Good[***]";
        }
    }

    /** It was given to whomever it is for, and is not for the inbox: it may come again. */
    record Fleeting() implements Admission {}

    /** It cannot be opened, now or later: its sender hears so. */
    record Refused() implements Admission {}

    /** That cannot be found out now: the phone leaves the session, and the broker delivers it again. */
    record NotNow() implements Admission {}
}
