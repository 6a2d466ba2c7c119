package lethe.broker.edge.resource;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import lethe.broker.session.Subscribers;
import lethe.broker.subscriber.SubscriberCommand;
import lethe.core.identity.SubscriberId;
import lethe.core.identity.Tag;

/** Asks subscribers on behalf of HTTP requests, with the patience that an HTTP client can be asked to have. */
public final class SubscriberAsk {
    private final Subscribers subscribers;
    private final Duration answerWithin;

    public SubscriberAsk(Subscribers subscribers, Duration answerWithin) {
        this.subscribers = subscribers;
        this.answerWithin = answerWithin;
    }

    SubscriberId id(Tag tag) {
        return subscribers.id(tag);
    }

    /** Fails with a {@code TimeoutException} if there is no answer. */
    <A> CompletionStage<A> ask(SubscriberId subscriber, Function<ActorRef<A>, SubscriberCommand> command) {
        return subscribers.ask(subscriber, command, answerWithin);
    }

    /** Waits longer: for an answer that may come only when something happens. */
    <A> CompletionStage<A> ask(
            SubscriberId subscriber, Function<ActorRef<A>, SubscriberCommand> command, Duration longer) {
        return subscribers.ask(subscriber, command, answerWithin.plus(longer));
    }
}
