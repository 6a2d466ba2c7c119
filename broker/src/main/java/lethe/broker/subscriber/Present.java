package lethe.broker.subscriber;

import akka.actor.typed.ActorRef;
import java.util.concurrent.ConcurrentHashMap;
import lethe.core.identity.SubscriberId;

/**
 * The subscribers of this node that a phone is connected to: messages to them go straight to their actors, not by the
 * shards, which are two more actors on the way. Safe for use by many threads.
 *
 * <p>Messages only: they name their predecessor, so one that overtakes another on the short way is refused until that
 * one is there. A sender's word to revoke must not come before the message that it is about, and takes the way of all.
 *
 * <p>Without a phone a subscriber may leave memory, and then only its shard knows what comes for it meanwhile: so it is
 * no longer here when it begins to. What is told in the moment in which an actor fails is lost with its mailbox, as it
 * would be by the shards; its sender keeps it.
 */
public final class Present {
    private final ConcurrentHashMap<String, ActorRef<SubscriberCommand>> actors = new ConcurrentHashMap<>();
    private final Pressure pressure;

    /** Nobody is here yet. */
    public Present(Pressure pressure) {
        this.pressure = pressure;
    }

    /**
     * Gives a message to a subscriber, or refuses it if it would come too late: what is under way goes first, for it
     * can only leave.
     *
     * @return false if it is not here: then it hears nothing
     */
    public boolean deliver(SubscriberId subscriber, SubscriberCommand.Deliver command) {
        ActorRef<SubscriberCommand> actor = actors.get(subscriber.toText());
        if (actor == null) {
            return false;
        }
        if (pressure.isBehind()) {
            command.refuse();
        } else {
            actor.tell(command);
        }
        return true;
    }

    /** The place of one incarnation of a subscriber, not taken yet. */
    Place place(String id, ActorRef<SubscriberCommand> actor) {
        return new Place(id, actor);
    }

    /** Where one incarnation of a subscriber is found, if it is. Used by its actor. */
    final class Place {
        private final String id;
        private final ActorRef<SubscriberCommand> actor;
        private boolean taken;

        private Place(String id, ActorRef<SubscriberCommand> actor) {
            this.id = id;
            this.actor = actor;
        }

        /** It has a phone, or has none any more. */
        void take(boolean connected) {
            if (connected != taken) {
                taken = connected;
                if (connected) {
                    actors.put(id, actor);
                } else {
                    actors.remove(id, actor);
                }
            }
        }
    }
}
