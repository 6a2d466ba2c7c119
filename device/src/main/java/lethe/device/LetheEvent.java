package lethe.device;

import java.time.Instant;
import java.util.List;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.device.letters.Notice;
import lethe.seal.content.Content;
import lethe.seal.content.Mark;

/** What a phone tells its application. None of it prints what was said, or by whom. */
public sealed interface LetheEvent {
    /**
     * A letter came: a text, an attachment, or something that speaks of an earlier letter. It comes once.
     *
     * @param id by which other letters speak of it; an edit or a revocation counts only if it is by whoever wrote that
     * @param device of that account
     * @param sent by its sender's clock
     * @param proof for a report ({@link UnwantedSenders#report(Opaque, lethe.core.block.ReportReason)})
     * @param first whether nothing came from there before: the owner has not met that account
     * @param again whether the phone died while it handed this over, so that the application may have seen it before
     */
    record Received(
            MessageId id,
            Tag from,
            DeviceId device,
            Instant sent,
            Content content,
            Opaque proof,
            boolean first,
            boolean again)
            implements LetheEvent {
        @Override
        public String toString() {
            return "Received[" + id + "]";
        }
    }

    /**
     * A letter came for which an SMS stood that {@link Lethe#smsArrived} was told of, and that said the same: its owner
     * has read it there. It is not shown as new.
     */
    record CameAsSms(Received letter) implements LetheEvent {}

    /**
     * Another device of this account wrote this.
     *
     * @param to whom
     */
    record WrittenElsewhere(Tag to, MessageId id, Instant sent, Content content) implements LetheEvent {
        @Override
        public String toString() {
            return "WrittenElsewhere[" + id + "]";
        }
    }

    /** Letters of this account reached somebody's phone, or somebody's eyes. Said by that phone. */
    record Marked(Tag by, Mark mark, List<MessageId> letters) implements LetheEvent {
        public Marked {
            letters = List.copyOf(letters);
        }

        @Override
        public String toString() {
            return "Marked[" + mark + "]";
        }
    }

    /** Somebody writes just now, or no longer. */
    record Typing(Tag by, boolean begins) implements LetheEvent {
        @Override
        public String toString() {
            return "Typing[***]";
        }
    }

    /** Somebody has the application open, or no longer. */
    record Present(Tag by, boolean here) implements LetheEvent {
        @Override
        public String toString() {
            return "Present[***]";
        }
    }

    /** A larger file that is sent or received. */
    record OfFile(FileEvent event) implements LetheEvent {}

    /** Something about the account behind an address. */
    record Noticed(Notice notice) implements LetheEvent {}

    /** Connection, custody and ends of letters, and all else that is not of letters. */
    record Told(DeviceEvent event) implements LetheEvent {}
}
