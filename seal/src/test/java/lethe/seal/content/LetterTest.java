package lethe.seal.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.seal.form.FieldWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LetterTest {
    private static final MessageId ID = new MessageId(bytes(16));
    private static final MessageId OTHER = new MessageId(bytes(16));
    private static final Instant SENT = Instant.parse("2026-11-28T12:00:00.123Z");
    private static final Label PICTURE = new Label("bank.jpg", "image/jpeg");

    static Stream<Content> contents() {
        return Stream.of(
                new Content.Text("hello from the other bank"),
                new Content.Text(""),
                new Content.Edit(OTHER, "hallo"),
                new Content.Revoke(OTHER),
                new Content.Reaction(OTHER, "\u2764\ufe0f"),
                new Content.Reaction(OTHER, ""),
                new Content.Marks(Mark.RECEIVED, List.of(OTHER)),
                new Content.Marks(Mark.READ, Collections.nCopies(Content.Marks.MOST, OTHER)),
                new Content.Typing(true),
                new Content.Typing(false),
                new Attachment(PICTURE, bytes(300)),
                new RemoteAttachment(PICTURE, bytes(16), 5_000_000, bytes(32), bytes(32)),
                new Content.Copy(new Tag(bytes(32)), new Content.Text("to somebody else")),
                new Wanted(bytes(16), new Wanted.Chunks(50, List.of(new Wanted.Span(0, 3_200)))),
                new Wanted(bytes(16), new Wanted.Chunks(60_000, Collections.nCopies(32, new Wanted.Span(3_199, 1)))),
                new Presence(true),
                new Presence(false),
                new Wanted(bytes(16), Wanted.End.DONE),
                new Wanted(bytes(16), Wanted.End.CANCELLED),
                new Content.Copy(new Tag(bytes(32)), new Content.Unsupported(77, bytes(5))),
                new Content.Unsupported(77, bytes(5)),
                new Content.Unsupported(0, Opaque.empty()));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void comesBackAsItWasWritten(Content content) {
        Letter letter = new Letter(ID, SENT, content);

        assertThat(Letter.decode(letter.encode())).contains(letter);
    }

    @ParameterizedTest
    @MethodSource("contents")
    void doesNotPrint(Content content) {
        assertThat(content.toString()).matches("[A-Za-z]+\\[\\*\\*\\*]");
        assertThat(new Letter(ID, SENT, content)).hasToString("Letter[***]");
    }

    /** A type that is not known takes whatever fields there are. */
    @ParameterizedTest
    @MethodSource("contents")
    void isNoLetterWithAByteMoreOrLess(Content content) {
        if (!(content instanceof Content.Unsupported) && !isCopyOfUnsupported(content)) {
            byte[] bytes = new Letter(ID, SENT, content).encode().toBytes();

            assertThat(Letter.decode(Opaque.wrap(Arrays.copyOf(bytes, bytes.length + 1))))
                    .isEmpty();
            for (int length = 0; length < bytes.length; length++) {
                assertThat(Letter.decode(Opaque.wrap(Arrays.copyOf(bytes, length))))
                        .isEmpty();
            }
        }
    }

    @Test
    void passesOnWhatALaterVersionSays() {
        Opaque later = letter(200, bytes(40));

        assertThat(Letter.decode(later)).hasValueSatisfying(letter -> {
            assertThat(letter.content()).isInstanceOf(Content.Unsupported.class);
            assertThat(letter.encode()).isEqualTo(later);
        });
    }

    @Test
    void isNoLetterWithFieldsOutOfBounds() {
        assertThat(Letter.decode(letter(4, field(out -> out.raw(OTHER.bytes()).text("x".repeat(65))))))
                .isEmpty();
        assertThat(Letter.decode(letter(5, field(out -> out.u8(2).u8(0))))).isEmpty();
        assertThat(Letter.decode(letter(5, field(out -> out.u8(3).u8(1).raw(OTHER.bytes())))))
                .isEmpty();
        assertThat(Letter.decode(letter(5, field(out -> out.u8(2).u8(101).raw(bytes(1_616))))))
                .isEmpty();
        assertThat(Letter.decode(letter(6, field(out -> out.u8(2))))).isEmpty();
        assertThat(Letter.decode(
                        letter(7, field(out -> out.text("../x").text("").bytes(bytes(1))))))
                .isEmpty();
        assertThat(Letter.decode(letter(
                        7, field(out -> out.text("x").text("t".repeat(128)).bytes(bytes(1))))))
                .isEmpty();
        assertThat(Letter.decode(letter(8, remote(0)))).isEmpty();
        assertThat(Letter.decode(letter(8, remote(RemoteAttachment.MOST_SIZE + 1))))
                .isEmpty();
        assertThat(Letter.decode(letter(8, remote(RemoteAttachment.MOST_SIZE)))).isPresent();
        assertThat(Letter.decode(letter(10, wanted(1, 60_001, 1, 0, 1)))).isEmpty();
        assertThat(Letter.decode(letter(10, wanted(1, -1, 1, 0, 1)))).isEmpty();
        assertThat(Letter.decode(letter(10, wanted(1, 50, 0, 0, 1)))).isEmpty();
        assertThat(Letter.decode(letter(10, wanted(1, 50, 33, 0, 1)))).isEmpty();
        assertThat(Letter.decode(letter(10, wanted(1, 50, 1, 0, 0)))).isEmpty();
        assertThat(Letter.decode(letter(10, wanted(1, 50, 1, -1, 1)))).isEmpty();
        assertThat(Letter.decode(letter(10, wanted(1, 50, 1, 3_199, 2)))).isEmpty();
        assertThat(Letter.decode(letter(10, wanted(1, 50, 1, 1, Integer.MAX_VALUE))))
                .isEmpty();
        assertThat(Letter.decode(letter(10, field(out -> out.raw(bytes(16)).u8(4)))))
                .isEmpty();
        assertThat(Letter.decode(letter(10, wanted(1, 50, 1, 3_199, 1)))).isPresent();
        assertThat(Letter.decode(letter(
                        9, field(out -> out.raw(bytes(32)).u8(9).raw(bytes(33)).u8(6)))))
                .isEmpty();
    }

    @Test
    void countsTheChunksOfALargeFile() {
        assertThat(sized(1).chunks()).isEqualTo(1);
        assertThat(sized(RemoteAttachment.CHUNK).chunks()).isEqualTo(1);
        assertThat(sized(RemoteAttachment.CHUNK + 1).chunks()).isEqualTo(2);
        assertThat(sized(RemoteAttachment.CHUNK + 1).lengthOf(0)).isEqualTo(RemoteAttachment.CHUNK);
        assertThat(sized(RemoteAttachment.CHUNK + 1).lengthOf(1)).isEqualTo(1);
        assertThat(sized(RemoteAttachment.CHUNK).lengthOf(0)).isEqualTo(RemoteAttachment.CHUNK);
        assertThat(sized(RemoteAttachment.MOST_SIZE).chunks()).isEqualTo(RemoteAttachment.MOST_CHUNKS);
    }

    @Test
    void isNotMadeOutOfBounds() {
        assertThatThrownBy(() -> new Content.Reaction(OTHER, "x".repeat(65)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Content.Marks(Mark.READ, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Content.Unsupported(1, Opaque.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Label("a/b", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sized(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Wanted(bytes(15), Wanted.End.DONE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Wanted.Span(3_200, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Wanted.Chunks(0, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Letter(ID, SENT.plusNanos(1), new Content.Typing(true)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean isCopyOfUnsupported(Content content) {
        return content instanceof Content.Copy copy && copy.content() instanceof Content.Unsupported;
    }

    private static RemoteAttachment sized(long size) {
        return new RemoteAttachment(PICTURE, bytes(16), size, bytes(32), bytes(32));
    }

    private static Opaque remote(long size) {
        return field(out -> out.text("x").text("").raw(bytes(16)).u64(size).raw(bytes(64)));
    }

    /** A question for chunks, whose only span stands there as often as it says. */
    private static Opaque wanted(int say, int apart, int spans, int first, int count) {
        return field(out -> {
            out.raw(bytes(16)).u8(say).u32(apart).u8(spans);
            for (int i = 0; i < spans; i++) {
                out.u32(first).u32(count);
            }
            return out;
        });
    }

    private static Opaque letter(int type, Opaque fields) {
        return Opaque.wrap(new FieldWriter()
                .raw(ID.bytes())
                .u64(SENT.toEpochMilli())
                .u8(type)
                .raw(fields)
                .toBytes());
    }

    private static Opaque field(UnaryOperator<FieldWriter> write) {
        return Opaque.wrap(write.apply(new FieldWriter()).toBytes());
    }

    private static Opaque bytes(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) length);
        return Opaque.wrap(bytes);
    }
}
