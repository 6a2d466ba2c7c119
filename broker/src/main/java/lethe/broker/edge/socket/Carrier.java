package lethe.broker.edge.socket;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import lethe.broker.subscriber.SubscriberCommand;
import lethe.broker.subscriber.ToSession;

/** What a socket needs of the transport that carries its bytes. All calls come on the transport's thread. */
public interface Carrier {
    /** Where subscribers reach this socket; what arrives there is handed to {@link Socket#told}. */
    ActorRef<ToSession> self();

    /** Calls {@link Socket#subscriberStopped} when this actor stops. */
    void watch(ActorRef<SubscriberCommand> subscriber);

    /** After this time the connection is cut, whatever is still unwritten. */
    void cutAfter(Duration time);
}
