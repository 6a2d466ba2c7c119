package lethe.broker.subscriber;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lethe.core.account.Device;
import lethe.core.consent.Consent;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.core.lookup.ListedTag;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyRef;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.queue.Envelope;
import lethe.core.subscriber.Addressee;
import lethe.core.subscriber.Applicant;
import lethe.core.subscriber.Shown;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;
import org.jspecify.annotations.Nullable;

/** What a subscriber actor can be asked. */
public sealed interface SubscriberCommand {
    /** Custody stays with whoever asked. */
    Problem OVERLOADED = Problem.of(ProblemType.OVERLOADED).withRetryAfter(Duration.ofSeconds(1));

    /** The one answer to whoever is no device of the subscriber, whether there is a subscriber or not. */
    Problem STRANGER = Problem.of(ProblemType.NOT_AUTHENTIC);

    /**
     * Says that the actor is too busy to take the command in. Says nothing to somebody who asks: that one gives up
     * after a while, keeps what it has, and asks again.
     *
     * @return false for what must be taken in, because the actor said it to itself
     */
    default boolean refuse() {
        return true;
    }

    /** One command that says what this and a later one of the same phone say; null if there is none. */
    default @Nullable SubscriberCommand and(SubscriberCommand later) {
        return null;
    }

    /**
     * Opts in, or opts in anew.
     *
     * @param entry as which the subscriber is listed, if it agrees to that
     * @param nonce of the request, which opens the door once
     * @param statement that proves the applicant's number; null if there is none
     * @param without what the applicant's proof is if the statement was used before
     */
    record OptIn(
            Applicant applicant,
            ListedTag entry,
            Opaque nonce,
            @Nullable Shown statement,
            Applicant.Proof without,
            ActorRef<OptInAnswer> replyTo)
            implements SubscriberCommand {
        @Override
        public boolean refuse() {
            replyTo.tell(new OptInAnswer.Refused(OVERLOADED));
            return true;
        }
    }

    /**
     * What only the subscriber's own devices may ask. The device was authenticated before, by another command; the
     * address may have gone to somebody else since, so it counts only if the device is still the subscriber's.
     */
    sealed interface ByDevice extends SubscriberCommand {
        /** The device that asks, with the key by which it was authenticated. */
        Device by();

        /** Says what a stranger hears. */
        void deny();
    }

    /** Asks about the account. */
    record OfAccount(Device by, AccountCommand command) implements ByDevice {
        @Override
        public boolean refuse() {
            command.replyTo().tell(new AccountCommand.Answer.Refused(OVERLOADED));
            return true;
        }

        @Override
        public void deny() {
            command.replyTo().tell(new AccountCommand.Answer.Refused(STRANGER));
        }
    }

    /** Wants something of senders. */
    record OfSenders(Device by, SenderCommand command) implements ByDevice {
        @Override
        public boolean refuse() {
            command.replyTo().tell(new SenderCommand.Answer.Refused(OVERLOADED));
            return true;
        }

        @Override
        public void deny() {
            command.replyTo().tell(new SenderCommand.Answer.Refused(STRANGER));
        }
    }

    /** Asks for prekeys, or about them. */
    record OfPrekeys(PrekeyCommand command) implements SubscriberCommand {
        @Override
        public boolean refuse() {
            command.replyTo().tell(new PrekeyCommand.Answer.Refused(OVERLOADED));
            return true;
        }
    }

    /** Opts out. Answers when everything of the subscriber is gone. */
    record OptOut(Device by, ActorRef<DeviceAnswer> replyTo) implements ByDevice {
        @Override
        public void deny() {
            replyTo.tell(new DeviceAnswer.Denied());
        }
    }

    /**
     * Checks an HTTP request's signature.
     *
     * @param statement the signature base
     * @param nonce may be used once within the time that signatures are accepted
     */
    record Authenticate(
            DeviceId device, Opaque statement, Opaque signature, Opaque nonce, ActorRef<Authenticity> replyTo)
            implements SubscriberCommand {
        @Override
        public boolean refuse() {
            replyTo.tell(new Authenticity.Refused(OVERLOADED));
            return true;
        }
    }

    /**
     * A phone has connected.
     *
     * @param opened when it connected; of two sessions of a device the one that was opened later stays
     * @param epoch the policy epoch that the phone consented to
     * @param statement what the phone signed
     * @param credit how many messages it takes unacknowledged
     * @param resume the session that it continues; null if none
     * @param acked up to where it has that session's messages
     */
    record Attach(
            SessionId session,
            DeviceId device,
            Instant opened,
            long epoch,
            Opaque statement,
            Opaque proof,
            int credit,
            @Nullable SessionId resume,
            long acked,
            ActorRef<ToSession> replyTo)
            implements SubscriberCommand {
        @Override
        public boolean refuse() {
            replyTo.tell(new ToSession.Leave(CloseReason.OVERLOAD));
            return true;
        }
    }

    /** A session is gone. What was not acknowledged stays. */
    record Detach(SessionId session) implements SubscriberCommand {
        @Override
        public boolean refuse() {
            return false;
        }
    }

    /** A phone takes more at a time. */
    record Grant(SessionId session, int more, ActorRef<ToSession> replyTo) implements SubscriberCommand {
        /** Credit adds up, as far as an int goes. */
        @Override
        public @Nullable SubscriberCommand and(SubscriberCommand later) {
            return later instanceof Grant grant && grant.session.equals(session) && more + grant.more > 0
                    ? new Grant(session, more + grant.more, replyTo)
                    : null;
        }

        @Override
        public boolean refuse() {
            replyTo.tell(new ToSession.Leave(CloseReason.OVERLOAD));
            return true;
        }
    }

    /**
     * A phone has taken messages: everything up to a number but for some, and some that it could not open. May be told
     * to the actor that the session got with {@link ToSession.Attached}, past the shards.
     */
    record Acknowledge(
            SessionId session, long upto, List<Long> except, List<Long> undecryptable, ActorRef<ToSession> replyTo)
            implements SubscriberCommand {
        /** Acknowledgements without exceptions are cumulative: the highest says it all. */
        @Override
        public @Nullable SubscriberCommand and(SubscriberCommand later) {
            return later instanceof Acknowledge acknowledge
                            && acknowledge.session.equals(session)
                            && isPlain()
                            && acknowledge.isPlain()
                    ? acknowledge.upto > upto ? acknowledge : this
                    : null;
        }

        private boolean isPlain() {
            return except.isEmpty() && undecryptable.isEmpty();
        }

        @Override
        public boolean refuse() {
            replyTo.tell(new ToSession.Leave(CloseReason.OVERLOAD));
            return true;
        }
    }

    /** A phone without a session has taken messages. */
    record AcknowledgeIds(Device by, List<MessageId> ids, ActorRef<DeviceAnswer> replyTo) implements ByDevice {
        @Override
        public void deny() {
            replyTo.tell(new DeviceAnswer.Denied());
        }
    }

    /** Asks for what waits, over HTTP. Answers when something does, or at the given time. */
    record Poll(Device by, int most, Instant until, ActorRef<DeviceAnswer> replyTo) implements ByDevice {
        @Override
        public void deny() {
            replyTo.tell(new DeviceAnswer.Denied());
        }
    }

    /**
     * An envelope for this subscriber.
     *
     * @param to which of its devices
     * @param after what the sender sent before, if that has not ended
     * @param sender a label of the sender, for its share of the queue; means nothing outside this process
     */
    record Deliver(
            Envelope envelope, Addressee to, @Nullable MessageId after, long sender, Watcher watcher)
            implements SubscriberCommand {
        @Override
        public boolean refuse() {
            watcher.refused(envelope.id(), OVERLOADED);
            return true;
        }
    }

    /** Tells what became of messages, now and when they end. */
    record Watch(List<MessageId> ids, Watcher watcher) implements SubscriberCommand {
        @Override
        public boolean refuse() {
            ids.forEach(id -> watcher.refused(id, OVERLOADED));
            return true;
        }
    }

    /** The sender withdraws a message. */
    record Revoke(MessageId id, Watcher watcher) implements SubscriberCommand {
        @Override
        public boolean refuse() {
            watcher.refused(id, OVERLOADED);
            return true;
        }
    }

    /**
     * The sender has these receipts.
     *
     * @param awaited whether somebody waits for the answer: else the receipts go with the next write, or soon
     */
    record Settle(List<MessageId> ids, ActorRef<Done> replyTo, boolean awaited) implements SubscriberCommand {}

    /** Asks for the consent on file. */
    record ShowConsent(Device by, ActorRef<OptInAnswer> replyTo) implements ByDevice {
        @Override
        public void deny() {
            replyTo.tell(new OptInAnswer.Refused(STRANGER));
        }
    }

    /**
     * Something is due, says the sweep. Answers when it has been decided.
     *
     * @param now by the sweeper's clock, which may be ahead
     */
    record Wake(Instant now, ActorRef<Done> replyTo) implements SubscriberCommand {}

    /** What the actor says to itself, each at most a few times at a time. */
    sealed interface Own extends SubscriberCommand {
        @Override
        default boolean refuse() {
            return false;
        }
    }

    /** To itself, and at once: what a command has come to, as far as it is to be persisted. */
    record Decided(ReplyEffect<SubscriberEvent, SubscriberState> effect) implements Own {}

    /**
     * To itself: prekeys that it has read, one reading at a time.
     *
     * @param found empty if the store did not answer
     */
    record PrekeysRead(List<PrekeyDraw> draws, Optional<Map<PrekeyRef, Prekey>> found) implements Own {}

    /** To itself: the time has come that it set. */
    enum Tick implements Own {
        TICK
    }

    /** To itself: what waits for no phone is to be stored, together with what came meanwhile. */
    enum Store implements Own {
        STORE
    }

    /** To itself: perhaps nothing has happened for a while. */
    enum Idle implements Own {
        IDLE
    }

    /** The shard moves or the node stops: store what waits, then stop. */
    enum Stop implements Own {
        STOP
    }

    /** The answer to {@link OptIn} and {@link ShowConsent}. */
    sealed interface OptInAnswer {
        record OnFile(Consent consent) implements OptInAnswer {}

        record Refused(Problem problem) implements OptInAnswer {}
    }

    /** The answer to {@link Authenticate}. */
    sealed interface Authenticity {
        /**
         * It is the device's.
         *
         * @param by the device, with the key that holds
         * @param consented whether there is a consent for the policy epoch in force
         */
        record Authentic(Device by, boolean consented) implements Authenticity {}

        record Refused(Problem problem) implements Authenticity {}
    }

    /** The answer to {@link OptOut}, {@link AcknowledgeIds} and {@link Poll}. */
    sealed interface DeviceAnswer {
        /** It is done. */
        record Concluded() implements DeviceAnswer {}

        /**
         * What waits.
         *
         * @param drained whether nothing else does
         */
        record Polled(List<Envelope> envelopes, boolean drained) implements DeviceAnswer {}

        /** The device is none of the subscriber's. */
        record Denied() implements DeviceAnswer {}
    }
}
