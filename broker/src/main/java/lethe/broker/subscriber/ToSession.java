package lethe.broker.subscriber;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import lethe.core.identity.DeviceKey;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.Problem;
import lethe.core.queue.Envelope;

/** What subscriber actors tell a session: its own, about what arrives; others, about what it sent. */
public sealed interface ToSession
        permits Outcome,
                ToSession.Attached,
                ToSession.Offered,
                ToSession.Drained,
                ToSession.Contested,
                ToSession.PrekeysLow,
                ToSession.Objected,
                ToSession.Denied,
                ToSession.Leave {
    /**
     * The session is the device's now.
     *
     * <p>What the session says about itself ({@code Acknowledge}, {@code Grant}, {@code Detach}) it may tell to the
     * actor directly. Nothing is lost by it: only this incarnation of the actor knows the session, so another one, to
     * which the shards would lead after this one stopped, ignores such a command as well. An acknowledgement that meets
     * an actor on its way out is lost either way. What it acknowledged is stored then, or still with its sender; the
     * phone comes back, because the session ends with the actor that it watches, gets it again, drops it as a
     * duplicate, and acknowledges anew.
     *
     * <p>The order is kept as long as the session tells all of these the same way.
     *
     * @param resumed whether the session that it named was continued
     * @param epoch policy epoch of the consent on file
     * @param subscriber to watch: when it stops, the session must start over
     */
    record Attached(boolean resumed, long epoch, ActorRef<SubscriberCommand> subscriber) implements ToSession {}

    /**
     * An envelope for the phone.
     *
     * @param seq its number in this session
     */
    record Offered(long seq, Envelope envelope) implements ToSession {}

    /** All that waited when the session attached has been offered. */
    record Drained() implements ToSession {}

    /**
     * Somebody else has proven the number, and will have the address.
     *
     * @param ends when, if nobody objects
     */
    record Contested(DeviceKey account, Instant ends) implements ToSession {}

    /** The device has few one-time prekeys left. */
    record PrekeysLow(int left) implements ToSession {}

    /** What the phone said makes no sense; it stays connected. */
    record Objected(Problem problem) implements ToSession {}

    /** From itself: it may tell this denial now. */
    record Denied(Outcome outcome) implements ToSession {}

    /** The session must close. */
    record Leave(CloseReason reason) implements ToSession {}
}
