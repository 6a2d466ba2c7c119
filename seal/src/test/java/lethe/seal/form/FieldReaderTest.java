package lethe.seal.form;

import static org.assertj.core.api.Assertions.assertThat;

import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class FieldReaderTest {
    private static final Opaque FOUR = Opaque.wrap(new byte[] {1, 2, 3, 4});

    @Test
    void readsWhatWasWritten() {
        FieldReader in = new FieldReader(Opaque.wrap(new FieldWriter()
                .u8(200)
                .u32(-7)
                .u64(Long.MIN_VALUE)
                .raw(FOUR)
                .bytes(FOUR)
                .text("Straße")
                .toBytes()));

        assertThat(in.u8()).isEqualTo(200);
        assertThat(in.u32()).isEqualTo(-7);
        assertThat(in.u64()).isEqualTo(Long.MIN_VALUE);
        assertThat(in.raw(4)).isEqualTo(FOUR);
        assertThat(in.bytes(4)).isEqualTo(FOUR);
        assertThat(in.text(7)).isEqualTo("Straße");
        assertThat(in.isDone()).isTrue();
    }

    @Test
    void isNotDoneWhileSomethingIsLeft() {
        FieldReader in = new FieldReader(FOUR);
        in.raw(3);

        assertThat(in.isDone()).isFalse();
        assertThat(in.isBroken()).isFalse();
    }

    @Test
    void breaksAtTheFirstFieldThatDoesNotFit() {
        FieldReader in = new FieldReader(FOUR);

        assertThat(in.u64()).isZero();
        assertThat(in.u8()).isZero();
        assertThat(in.raw(2)).isEqualTo(Opaque.wrap(new byte[2]));
        assertThat(in.rest()).isEqualTo(Opaque.empty());
        assertThat(in.part(1).isDone()).isFalse();
        assertThat(in.isDone()).isFalse();
    }

    @Test
    void takesNoMoreBytesThanTheCallerDoes() {
        Opaque written = Opaque.wrap(new FieldWriter().bytes(FOUR).toBytes());

        FieldReader in = new FieldReader(written);

        assertThat(in.bytes(3)).isEqualTo(Opaque.empty());
        assertThat(in.isBroken()).isTrue();
    }

    @Test
    void takesNoLengthThatLies() {
        for (int length : new int[] {5, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            FieldReader in = new FieldReader(
                    Opaque.wrap(new FieldWriter().u32(length).raw(FOUR).toBytes()));

            assertThat(in.bytes(Integer.MAX_VALUE)).isEqualTo(Opaque.empty());
            assertThat(in.isBroken()).isTrue();
        }
    }

    @Test
    void takesNoTextThatIsNotUtf8() {
        FieldReader in = new FieldReader(Opaque.wrap(new FieldWriter()
                .bytes(Opaque.wrap(new byte[] {(byte) 0xc0, (byte) 0x80}))
                .toBytes()));

        assertThat(in.text(9)).isEmpty();
        assertThat(in.isBroken()).isTrue();
    }

    @Test
    void readsAPartWithinItsEndOnly() {
        FieldReader in = new FieldReader(FOUR);
        FieldReader part = in.part(2);

        assertThat(part.raw(2)).isEqualTo(Opaque.wrap(new byte[] {1, 2}));
        assertThat(part.isDone()).isTrue();
        assertThat(part.u8()).isZero();
        assertThat(part.isDone()).isFalse();
        assertThat(in.raw(2)).isEqualTo(Opaque.wrap(new byte[] {3, 4}));
        assertThat(in.isDone()).isTrue();
    }
}
