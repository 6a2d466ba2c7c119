package lethe.broker.subscriber;

import akka.actor.typed.ActorRef;
import akka.persistence.typed.javadsl.EffectBuilder;
import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.util.List;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;

/** What handling a command can come to. Shared by all subscribers: none of it belongs to one. */
final class Effects {
    private static final EffectFactories<SubscriberEvent, SubscriberState> FACTORIES = new EffectFactories<>();
    private static final ReplyEffect<SubscriberEvent, SubscriberState> NOTHING = FACTORIES.noReply();

    private Effects() {}

    /** All has been said and nothing is to be written. Always the same object. */
    static ReplyEffect<SubscriberEvent, SubscriberState> nothing() {
        return NOTHING;
    }

    /** Answers at once. */
    static <A> ReplyEffect<SubscriberEvent, SubscriberState> reply(ActorRef<A> to, A answer) {
        to.tell(answer);
        return NOTHING;
    }

    static EffectBuilder<SubscriberEvent, SubscriberState> persist(SubscriberEvent event) {
        return FACTORIES.persist(event);
    }

    /** All with one write; none to write nothing. */
    static EffectBuilder<SubscriberEvent, SubscriberState> persist(List<SubscriberEvent> events) {
        return events.isEmpty() ? FACTORIES.none() : FACTORIES.persist(events);
    }
}
