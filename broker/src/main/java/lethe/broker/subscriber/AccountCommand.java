package lethe.broker.subscriber;

import akka.Done;
import akka.actor.typed.ActorRef;
import lethe.core.account.Account;
import lethe.core.account.DeviceList;
import lethe.core.account.Pin;
import lethe.core.account.Takeover;
import lethe.core.identity.DeviceKey;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import org.jspecify.annotations.Nullable;

/** What an account's own devices ask about it. */
public sealed interface AccountCommand {
    /** Whom to answer. */
    ActorRef<Answer> replyTo();

    /** Asks for the account and its list of devices. */
    record ShowDevices(ActorRef<Answer> replyTo) implements AccountCommand {}

    /** A newer list of devices. Its signature by the account's key has been checked. */
    record ListDevices(DeviceKey account, DeviceList list, ActorRef<Answer> replyTo) implements AccountCommand {}

    /** Asks who else has proven the number. */
    record ShowTakeover(ActorRef<Answer> replyTo) implements AccountCommand {}

    /** The other account shall have the address, now. Named, so that it is not another one than was meant. */
    record Agree(DeviceKey account, ActorRef<Answer> replyTo) implements AccountCommand {}

    /** The other account shall not have the address, for as long as an objection holds. */
    record Dismiss(ActorRef<Answer> replyTo) implements AccountCommand {}

    /** Asks whether a registration PIN is set. */
    record ShowPin(ActorRef<Answer> replyTo) implements AccountCommand {}

    /**
     * Sets the registration PIN, or removes it.
     *
     * @param key derived from it; null for none
     */
    record KeepPin(@Nullable DeviceKey key, ActorRef<Answer> replyTo) implements AccountCommand {}

    /** Asks for all that is known of the subscriber. */
    record Export(ActorRef<Answer> replyTo) implements AccountCommand {}

    /** What comes of it. */
    sealed interface Answer {
        record OfAccount(Account account) implements Answer {}

        record Contested(Takeover takeover) implements Answer {}

        record OfPin(Pin pin) implements Answer {}

        record Exported(Bodies.Export export) implements Answer {}

        record Concluded(Done done) implements Answer {}

        record Refused(Problem problem) implements Answer {}
    }
}
