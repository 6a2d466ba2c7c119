package lethe.broker.forgetting;

import akka.actor.typed.ActorRef;
import lethe.core.identity.Opaque;

/** What keepers and maker say to each other from node to node. */
public sealed interface KeyMessage {
    /**
     * Offers the key of an epoch.
     *
     * @param key 32 bytes, never printed
     * @param attempt of the maker, for its answer
     * @param replyTo hears {@link Kept} or {@link Other}
     */
    record Offer(long epoch, Opaque key, int attempt, ActorRef<KeyMaker.Command> replyTo)
            implements KeyMessage, KeyKeeper.Command {}

    /** Asks for all keys that are alive, each in an {@link Offer}. */
    record Ask(ActorRef<KeyKeeper.Command> replyTo) implements KeyMessage, KeyKeeper.Command {}

    /** A keeper has the key that was offered in that attempt. */
    record Kept(long epoch, int attempt, ActorRef<KeyKeeper.Command> keeper) implements KeyMessage, KeyMaker.Command {}

    /** A keeper has another key of that epoch, and keeps it. */
    record Other(long epoch, Opaque key) implements KeyMessage, KeyMaker.Command {}
}
