package lethe.broker.subscriber;

import akka.Done;
import akka.actor.typed.ActorRef;
import lethe.core.block.ReportReason;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Problem;

/** What a subscriber's own devices want of senders whose messages are not wanted. */
public sealed interface SenderCommand {
    /** Whom to answer. */
    ActorRef<Answer> replyTo();

    /**
     * Nothing is taken from a sender from now on.
     *
     * @param sender its label
     */
    record Block(long sender, ActorRef<Answer> replyTo) implements SenderCommand {
        @Override
        public String toString() {
            return "Block[***]";
        }
    }

    /**
     * Something is, again.
     *
     * @param sender its label
     */
    record Unblock(long sender, ActorRef<Answer> replyTo) implements SenderCommand {
        @Override
        public String toString() {
            return "Unblock[***]";
        }
    }

    /** Asks how many are blocked. */
    record CountBlocks(ActorRef<Answer> replyTo) implements SenderCommand {}

    /**
     * A message was not wanted.
     *
     * @param reporter the subscriber's own label
     * @param proof that the device has the message
     */
    record Report(long reporter, ReportReason reason, Opaque proof, ActorRef<Answer> replyTo) implements SenderCommand {
        @Override
        public String toString() {
            return "Report[***]";
        }
    }

    /** What comes of it. */
    sealed interface Answer {
        record Concluded(Done done) implements Answer {}

        record Counted(int blocked) implements Answer {}

        record Refused(Problem problem) implements Answer {}
    }
}
