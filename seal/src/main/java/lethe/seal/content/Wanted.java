package lethe.seal.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.seal.form.FieldReader;
import lethe.seal.form.FieldWriter;

/**
 * What the recipient of a larger file tells the device that sent it: which chunks to send, or that none is wanted any
 * more. Worth nothing a minute later.
 *
 * @param transfer of a {@link RemoteAttachment}, 16 bytes
 */
public record Wanted(Opaque transfer, Say say) implements Content {
    static final int TYPE = 10;

    private static final int CHUNKS = 1;
    private static final int DONE = 2;
    private static final int CANCELLED = 3;

    public Wanted {
        if (transfer.length() != RemoteAttachment.TRANSFER) {
            throw new IllegalArgumentException("a transfer has " + RemoteAttachment.TRANSFER + " bytes");
        }
    }

    /** What is said of the file. */
    public sealed interface Say {}

    /**
     * These chunks, besides those that were asked for before and are not sent yet.
     *
     * @param apart milliseconds between two of them, at least: 0 to {@link #MOST_APART}
     * @param spans 1 to {@link #MOST_SPANS}
     */
    public record Chunks(int apart, List<Span> spans) implements Say {
        public static final int MOST_SPANS = 32;
        /** A minute. */
        public static final int MOST_APART = 60_000;

        public Chunks {
            spans = List.copyOf(spans);
            if (!isApart(apart) || spans.isEmpty() || spans.size() > MOST_SPANS) {
                throw new IllegalArgumentException("a question out of bounds");
            }
        }

        static boolean isApart(int apart) {
            return apart >= 0 && apart <= MOST_APART;
        }
    }

    /** None any more. */
    public enum End implements Say {
        /** The whole file is there. */
        DONE,
        CANCELLED
    }

    /**
     * Chunks that follow each other.
     *
     * @param first the number of the first one, from 0 on
     * @param count at least 1; with the first one not beyond the largest file
     */
    public record Span(int first, int count) {
        public Span {
            if (!isSpan(first, count)) {
                throw new IllegalArgumentException("chunks that no file has");
            }
        }

        static boolean isSpan(int first, int count) {
            return first >= 0
                    && first < RemoteAttachment.MOST_CHUNKS
                    && count >= 1
                    && count <= RemoteAttachment.MOST_CHUNKS - first;
        }

        /** The number after the last one. */
        public int end() {
            return first + count;
        }
    }

    static Optional<Content> readFrom(FieldReader in) {
        Opaque transfer = in.raw(RemoteAttachment.TRANSFER);
        Optional<Say> say = switch (in.u8()) {
            case CHUNKS -> chunks(in);
            case DONE -> Optional.of(End.DONE);
            case CANCELLED -> Optional.of(End.CANCELLED);
            default -> Optional.empty();
        };
        return say.map(said -> new Wanted(transfer, said));
    }

    private static Optional<Say> chunks(FieldReader in) {
        int apart = in.u32();
        int count = in.u8();
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < count && !in.isBroken(); i++) {
            int first = in.u32();
            int chunks = in.u32();
            if (!Span.isSpan(first, chunks)) {
                return Optional.empty();
            }
            spans.add(new Span(first, chunks));
        }
        return spans.isEmpty() || spans.size() > Chunks.MOST_SPANS || !Chunks.isApart(apart)
                ? Optional.empty()
                : Optional.of(new Chunks(apart, spans));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.raw(transfer);
        if (say instanceof Chunks chunks) {
            out.u8(CHUNKS).u32(chunks.apart()).u8(chunks.spans().size());
            chunks.spans().forEach(span -> out.u32(span.first()).u32(span.count()));
        } else {
            out.u8(say == End.DONE ? DONE : CANCELLED);
        }
    }

    @Override
    public String toString() {
        return "Wanted[***]";
    }
}
