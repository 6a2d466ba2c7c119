package lethe.broker.session;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import lethe.broker.subscriber.SubscriberCommand;
import lethe.core.identity.SubscriberId;
import lethe.core.identity.Tag;

/** The way to every subscriber, wherever in the cluster it lives. */
public interface Subscribers {
    /** What the subscriber with this tag is called inside the broker. */
    SubscriberId id(Tag tag);

    void tell(SubscriberId subscriber, SubscriberCommand command);

    /**
     * Tells a subscriber something and waits for the answer, without holding a thread.
     *
     * @param command makes the command, given where to answer
     * @param patience after which the stage fails with a {@link java.util.concurrent.TimeoutException}
     */
    <A> CompletionStage<A> ask(
            SubscriberId subscriber, Function<ActorRef<A>, SubscriberCommand> command, Duration patience);
}
