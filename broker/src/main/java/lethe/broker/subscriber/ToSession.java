package lethe.broker.subscriber;

import akka.actor.typed.ActorRef;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.Problem;
import lethe.core.queue.Envelope;

/** What subscriber actors tell a session: its own, about what arrives; others, about what it sent. */
public sealed interface ToSession
        permits Outcome, ToSession.Attached, ToSession.Offered, ToSession.Drained, ToSession.Objected, ToSession.Leave {
    /**
     * The session is the device's now.
     *
     * @param resumed whether the session that it named was continued
     * @param subscriber to watch: when it stops, the session must start over
     */
    record Attached(boolean resumed, ActorRef<SubscriberCommand> subscriber) implements ToSession {}

    /**
     * An envelope for the phone.
     *
     * @param seq its number in this session
     */
    record Offered(long seq, Envelope envelope) implements ToSession {}

    /** All that waited when the session attached has been offered. */
    record Drained() implements ToSession {}

    /** What the phone said makes no sense; it stays connected. */
    record Objected(Problem problem) implements ToSession {}

    /** The session must close. */
    record Leave(CloseReason reason) implements ToSession {}
}
