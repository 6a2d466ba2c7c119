package lethe.registrar.sms;

import java.time.Duration;
import lethe.core.identity.PlainIdentifier;

/** A carrier's centre, as whoever sends many SMS at once needs it. Safe for use by many threads. */
public interface SmsCentre extends AutoCloseable {
    /** What became of a part. */
    sealed interface Submission {
        /** The centre has it. */
        record Taken(String key) implements Submission {}

        /** The centre has not taken it, and may later. */
        record Busy() implements Submission {}

        /** It was not sent: as many as may be are without an answer. */
        record Full() implements Submission {}

        /** It was not sent: no session is bound. */
        record Away() implements Submission {}

        /** The centre does not take it, and will not later. */
        record Refused() implements Submission {}

        /** Nobody can tell. Whoever sends it again may send it twice. */
        record Unclear() implements Submission {}
    }

    /** Whether there is a session over which one could be sent. */
    boolean isBound();

    /** How many are sent at once, at most. */
    int window();

    /**
     * Sends it and waits for the answer, for seconds at most. Keeps neither the number nor the text.
     *
     * @param validity after which the centre gives up
     */
    Submission submit(PlainIdentifier number, SmsPart part, Duration validity);

    @Override
    void close();
}
