package lethe.broker.session;

import akka.actor.typed.ActorRef;
import lethe.broker.subscriber.SubscriberCommand;
import lethe.broker.subscriber.ToSession;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.ServerFrame;

/** What a session needs of its transport. All calls come on the transport's own thread. */
public interface Link {
    /** Sends a frame to the phone, soon: frames that wait leave together. */
    void send(ServerFrame frame);

    /** Asks the phone for a sign of life, which {@link Session#heard} then tells of. */
    void ping();

    /** Says why, and ends the connection even if the phone does not answer. Later frames go nowhere. */
    void close(CloseReason reason);

    /** Where subscribers reach this session; what arrives there is handed to {@link Session#told}. */
    ActorRef<ToSession> self();

    /** Calls {@link Session#subscriberStopped} when this actor stops. */
    void watch(ActorRef<SubscriberCommand> subscriber);
}
