package lethe.seal.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.seal.form.FieldReader;

/** Reads contents that a phone wrote, which need not have been one of ours. */
final class Contents {
    private Contents() {}

    static boolean isKnown(int type) {
        return type >= Content.Text.TYPE && type <= Presence.TYPE;
    }

    /** A type's byte and its fields, to the end; empty if a type that is known has other fields. */
    static Optional<Content> read(FieldReader in) {
        int type = in.u8();
        return type == Content.Copy.TYPE ? copy(in) : read(type, in);
    }

    private static Optional<Content> copy(FieldReader in) {
        Tag to = new Tag(in.raw(Tag.LENGTH));
        int type = in.u8();
        return type == Content.Copy.TYPE
                ? Optional.empty()
                : read(type, in).map(content -> new Content.Copy(to, content));
    }

    private static Optional<Content> read(int type, FieldReader in) {
        Optional<Content> content = switch (type) {
            case Content.Text.TYPE -> Optional.of(new Content.Text(in.text(Integer.MAX_VALUE)));
            case Content.Edit.TYPE -> Optional.of(new Content.Edit(id(in), in.text(Integer.MAX_VALUE)));
            case Content.Revoke.TYPE -> Optional.of(new Content.Revoke(id(in)));
            case Content.Reaction.TYPE ->
                Optional.of(new Content.Reaction(id(in), in.text(Content.Reaction.MOST_BYTES)));
            case Content.Marks.TYPE -> marks(in);
            case Content.Typing.TYPE -> yesOrNo(in).map(Content.Typing::new);
            case Attachment.TYPE -> Optional.of(new Attachment(Label.readFrom(in), in.bytes(Integer.MAX_VALUE)));
            case RemoteAttachment.TYPE -> remote(in);
            case Wanted.TYPE -> Wanted.readFrom(in);
            case Presence.TYPE -> yesOrNo(in).map(Presence::new);
            default -> unsupported(type, in);
        };
        return in.isDone() ? content : Optional.empty();
    }

    private static Optional<Content> marks(FieldReader in) {
        Optional<Mark> mark = Mark.of(in.u8());
        int count = in.u8();
        List<MessageId> of = new ArrayList<>();
        for (int i = 0; i < count && !in.isBroken(); i++) {
            of.add(id(in));
        }
        if (of.isEmpty() || of.size() > Content.Marks.MOST) {
            return Optional.empty();
        }
        return mark.map(known -> new Content.Marks(known, of));
    }

    private static Optional<Boolean> yesOrNo(FieldReader in) {
        int answer = in.u8();
        return answer > 1 ? Optional.empty() : Optional.of(answer == 1);
    }

    private static Optional<Content> remote(FieldReader in) {
        Label label = Label.readFrom(in);
        Opaque transfer = in.raw(RemoteAttachment.TRANSFER);
        long size = in.u64();
        Opaque key = in.raw(RemoteAttachment.KEY);
        Opaque digest = in.raw(RemoteAttachment.KEY);
        return RemoteAttachment.isSize(size)
                ? Optional.of(new RemoteAttachment(label, transfer, size, key, digest))
                : Optional.empty();
    }

    private static Optional<Content> unsupported(int type, FieldReader in) {
        Opaque fields = in.rest();
        return in.isBroken() ? Optional.empty() : Optional.of(new Content.Unsupported(type, fields));
    }

    private static MessageId id(FieldReader in) {
        return new MessageId(in.raw(MessageId.LENGTH));
    }
}
