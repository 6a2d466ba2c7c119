package lethe.seal.content;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.seal.form.FieldWriter;

/** What a letter says. None of it prints. */
public sealed interface Content
        permits Content.Text,
                Content.Edit,
                Content.Revoke,
                Content.Reaction,
                Content.Marks,
                Content.Typing,
                Content.Copy,
                Content.Unsupported,
                Attachment,
                RemoteAttachment,
                Wanted,
                Presence {
    /** The byte that names the type in a letter, 0 to 255. */
    int type();

    /** Writes the fields of the type, without its byte. */
    void writeTo(FieldWriter out);

    /** Something to read. Its length is bounded by the largest envelope. */
    record Text(String body) implements Content {
        static final int TYPE = 1;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void writeTo(FieldWriter out) {
            out.text(body);
        }

        @Override
        public String toString() {
            return "Text[***]";
        }
    }

    /**
     * Another wording of a text of the same sender.
     *
     * @param of the letter that had the text
     */
    record Edit(MessageId of, String body) implements Content {
        static final int TYPE = 2;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void writeTo(FieldWriter out) {
            out.raw(of.bytes()).text(body);
        }

        @Override
        public String toString() {
            return "Edit[***]";
        }
    }

    /**
     * A letter of the same sender is to be shown no more.
     *
     * @param of that letter
     */
    record Revoke(MessageId of) implements Content {
        static final int TYPE = 3;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void writeTo(FieldWriter out) {
            out.raw(of.bytes());
        }

        @Override
        public String toString() {
            return "Revoke[***]";
        }
    }

    /**
     * A sign beside a letter, in place of an earlier one of the same sender.
     *
     * @param to that letter
     * @param sign an emoji, say; at most {@link #MOST_BYTES} bytes of UTF-8; empty takes it back
     */
    record Reaction(MessageId to, String sign) implements Content {
        public static final int MOST_BYTES = 64;
        static final int TYPE = 4;

        public Reaction {
            if (sign.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
                throw new IllegalArgumentException("a sign has at most " + MOST_BYTES + " bytes");
            }
        }

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void writeTo(FieldWriter out) {
            out.raw(to.bytes()).text(sign);
        }

        @Override
        public String toString() {
            return "Reaction[***]";
        }
    }

    /**
     * What became of letters at whoever got them, said by that phone and not by a broker.
     *
     * @param of 1 to {@link #MOST} letters
     */
    record Marks(Mark mark, List<MessageId> of) implements Content {
        public static final int MOST = 100;
        static final int TYPE = 5;

        public Marks {
            of = List.copyOf(of);
            if (of.isEmpty() || of.size() > MOST) {
                throw new IllegalArgumentException("marks are of 1 to " + MOST + " letters");
            }
        }

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void writeTo(FieldWriter out) {
            out.u8(mark.code()).u8(of.size());
            of.forEach(id -> out.raw(id.bytes()));
        }

        @Override
        public String toString() {
            return "Marks[***]";
        }
    }

    /** Somebody writes just now, or no longer. Never worth a queue. */
    record Typing(boolean begins) implements Content {
        static final int TYPE = 6;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void writeTo(FieldWriter out) {
            out.u8(begins ? 1 : 0);
        }

        @Override
        public String toString() {
            return "Typing[***]";
        }
    }

    /**
     * What the owner of a device wrote to somebody else, for the owner's other devices. Taken from those only.
     *
     * @param to whom it was written
     * @param content everything but a copy
     */
    record Copy(Tag to, Content content) implements Content {
        static final int TYPE = 9;

        public Copy {
            if (content instanceof Copy) {
                throw new IllegalArgumentException("a copy is of an original");
            }
        }

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void writeTo(FieldWriter out) {
            out.raw(to.bytes()).u8(content.type());
            content.writeTo(out);
        }

        @Override
        public String toString() {
            return "Copy[***]";
        }
    }

    /**
     * Something that a later version says. It can be kept and passed on as it is.
     *
     * @param type none of those that are known here
     */
    record Unsupported(int type, Opaque fields) implements Content {
        public Unsupported {
            if (type < 0 || type > 255 || Contents.isKnown(type)) {
                throw new IllegalArgumentException("a type that is known, or none");
            }
        }

        @Override
        public void writeTo(FieldWriter out) {
            out.raw(fields);
        }

        @Override
        public String toString() {
            return "Unsupported[***]";
        }
    }
}
