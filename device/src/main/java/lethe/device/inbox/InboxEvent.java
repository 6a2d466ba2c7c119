package lethe.device.inbox;

import java.time.Instant;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;

/** What happened to a received message and must survive the phone's death. */
public sealed interface InboxEvent {
    MessageId id();

    /**
     * It is this phone's now; the application has not had it.
     *
     * @param use what it was opened with, which opens nothing any more; empty for nothing
     */
    record Taken(MessageId id, Opaque body, Opaque use, Instant at) implements InboxEvent {
        @Override
        public String toString() {
            return "Taken[" + id + "]";
        }
    }

    /**
     * The application has it, or nobody ever will: it could not be opened. Only the id is kept, against repetitions.
     */
    record Seen(MessageId id, Instant at) implements InboxEvent {}
}
