package lethe.seal.content;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.seal.form.FieldReader;
import lethe.seal.form.FieldWriter;

/**
 * What one person has to say to another one: the same for all their devices, sealed for each. It does not print.
 *
 * @param id by which other letters speak of it. Drawn by the sender, and signed with it: no broker can change it
 * @param sent by the sender's clock, to the millisecond; nothing is decided by it
 */
public record Letter(MessageId id, Instant sent, Content content) {
    /**
     * A letter.
     *
     * @throws IllegalArgumentException if the time parts of a millisecond
     */
    public Letter {
        if (!sent.equals(sent.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException("sent at a whole millisecond");
        }
    }

    /** Reads what {@link #encode} writes; empty if it is something else. */
    public static Optional<Letter> decode(Opaque bytes) {
        return read(new FieldReader(bytes));
    }

    /** Reads a letter up to the reader's end. */
    public static Optional<Letter> read(FieldReader in) {
        MessageId id = new MessageId(in.raw(MessageId.LENGTH));
        Instant sent = Instant.ofEpochMilli(in.u64());
        return Contents.read(in).map(content -> new Letter(id, sent, content));
    }

    public Opaque encode() {
        FieldWriter out =
                new FieldWriter().raw(id.bytes()).u64(sent.toEpochMilli()).u8(content.type());
        content.writeTo(out);
        return Opaque.wrap(out.toBytes());
    }

    @Override
    public String toString() {
        return "Letter[***]";
    }
}
