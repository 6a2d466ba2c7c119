package lethe.core.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class BlocksTest {
    private static final long MALLORY = 0x6d616c6c6f7279L;
    private static final long ALICE = 0x616c696365L;

    @Test
    void takesFromEverybodyAtFirst() {
        assertThat(Blocks.NONE.isBlocked(MALLORY)).isFalse();
        assertThat(Blocks.NONE.isEmpty()).isTrue();
    }

    @Test
    void blocksThoseWhoWereNamedAndNobodyElse() {
        Blocks blocks = Blocks.NONE.with(MALLORY, key(1));

        assertThat(blocks.isBlocked(MALLORY)).isTrue();
        assertThat(blocks.isBlocked(ALICE)).isFalse();
    }

    @Test
    void countsAnybodyOnce() {
        Blocks blocks = Blocks.NONE.with(MALLORY, key(1)).with(MALLORY, key(2));

        assertThat(blocks.size()).isEqualTo(1);
        assertThat(blocks.key()).isEqualTo(key(1));
    }

    @Test
    void forgetsTheKeyWithTheLast() {
        assertThat(Blocks.NONE.with(MALLORY, key(1)).without(ALICE).without(MALLORY))
                .isEqualTo(Blocks.NONE);
    }

    @Test
    void isTheSameWhenItWasKept() {
        Blocks blocks = Blocks.NONE;
        for (long sender = 1; sender <= Blocks.MOST; sender++) {
            blocks = blocks.with(sender, key(1));
        }
        Blocks kept = Blocks.of(blocks.key(), blocks.marks());

        assertThat(kept).isEqualTo(blocks).hasSameHashCodeAs(blocks);
        assertThat(kept.size()).isEqualTo(Blocks.MOST);
        assertThat(kept.isBlocked(777)).isTrue();
        assertThat(kept.isBlocked(Blocks.MOST + 1)).isFalse();
        assertThat(blocks.marks().length()).isEqualTo(8 * Blocks.MOST);
    }

    @Test
    void saysNothingWithoutItsKeyNorTheSameUnderAnother() {
        Opaque marks = Blocks.NONE.with(MALLORY, key(1)).marks();

        assertThat(ByteBuffer.wrap(marks.shared()).getLong()).isNotEqualTo(MALLORY);
        assertThat(marks).isNotEqualTo(Blocks.NONE.with(MALLORY, key(2)).marks());
        assertThat(Blocks.of(key(2), marks).isBlocked(MALLORY)).isFalse();
    }

    @Test
    void leadsEachSenderToOnePlaceThatSaysNothingOfIt() {
        Blocks blocks = Blocks.NONE.with(MALLORY, key(1));

        assertThat(blocks.nowhere(MALLORY)).isEqualTo(blocks.nowhere(MALLORY)).isNotEqualTo(blocks.nowhere(ALICE));
        assertThat(Blocks.NONE.with(MALLORY, key(2)).nowhere(MALLORY)).isNotEqualTo(blocks.nowhere(MALLORY));
    }

    @Test
    void isNotReadFromWhatIsNone() {
        assertThatThrownBy(() -> Blocks.of(Opaque.wrap(new byte[31]), Opaque.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Blocks.of(key(1), Opaque.wrap(new byte[12])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Blocks.of(key(1), Opaque.wrap(new byte[8 * Blocks.MOST + 8])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Opaque key(int of) {
        byte[] bytes = new byte[Blocks.KEY_LENGTH];
        Arrays.fill(bytes, (byte) of);
        return Opaque.wrap(bytes);
    }
}
