package lethe.broker.subscriber;

import akka.actor.typed.ActorRef;
import java.util.List;
import lethe.core.account.Device;
import lethe.core.identity.DeviceId;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.PrekeyBodies;
import lethe.core.protocol.Problem;
import org.jspecify.annotations.Nullable;

/** What is asked about a subscriber's prekeys: by its devices, and by whoever wants to seal something to them. */
public sealed interface PrekeyCommand {
    /** Whom to answer. */
    ActorRef<Answer> replyTo();

    /** A device leaves prekeys. Answers when they are stored. */
    record Publish(Device by, PrekeyBatch batch, ActorRef<Answer> replyTo) implements PrekeyCommand {}

    /** A device asks what it has left. */
    record Count(Device by, ActorRef<Answer> replyTo) implements PrekeyCommand {}

    /**
     * Somebody asks for a prekey of each device.
     *
     * @param suites that the asker can use, best first
     * @param except a device of the same account that asks, and needs none of its own; null if somebody else asks
     * @param asker its label: nobody gives anything to whom the subscriber has blocked
     * @param oneTime whether one-time prekeys are given, or the last resort only
     */
    record Ask(List<Integer> suites, @Nullable DeviceId except, long asker, boolean oneTime, ActorRef<Answer> replyTo)
            implements PrekeyCommand {
        public Ask {
            suites = List.copyOf(suites);
        }
    }

    /** What comes of it. */
    sealed interface Answer {
        record Left(PrekeyBodies.PrekeysLeft left) implements Answer {}

        record Given(PrekeyBodies.Bundle bundle) implements Answer {}

        record Refused(Problem problem) implements Answer {}
    }
}
