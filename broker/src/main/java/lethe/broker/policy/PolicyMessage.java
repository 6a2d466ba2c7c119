package lethe.broker.policy;

import akka.actor.typed.ActorRef;

/** What keepers of the policy say to each other from node to node. The policy itself is in the store. */
public sealed interface PolicyMessage {
    /**
     * A policy of this epoch is in the store.
     *
     * @param replyTo hears {@link Risen} as soon as it, or a later one, is in force
     */
    record Rise(long epoch, ActorRef<Risen> replyTo) implements PolicyMessage, PolicyKeeper.Command {}

    /**
     * The answer.
     *
     * @param epoch in force
     */
    record Risen(long epoch) implements PolicyMessage {}
}
