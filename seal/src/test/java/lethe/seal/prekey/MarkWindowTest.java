package lethe.seal.prekey;

import static lethe.seal.prekey.PrekeyStore.Note.FULL;
import static lethe.seal.prekey.PrekeyStore.Note.NEW;
import static lethe.seal.prekey.PrekeyStore.Note.SEEN;
import static lethe.seal.prekey.PrekeyStore.Writer.PINNED;
import static lethe.seal.prekey.PrekeyStore.Writer.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class MarkWindowTest {
    private final MarkWindow window = new MarkWindow();

    @Test
    void keepsAPartForThoseWhoArePinned() {
        fill(0, MarkWindow.FOR_STRANGERS - 1, STRANGER);
        assertThat(window.isWornOut()).isFalse();
        fill(MarkWindow.FOR_STRANGERS - 1, MarkWindow.FOR_STRANGERS, STRANGER);
        assertThat(window.isWornOut()).isTrue();

        assertThat(window.note(mark(-1), STRANGER)).isEqualTo(FULL);
        fill(MarkWindow.FOR_STRANGERS, MarkWindow.MOST, PINNED);
        assertThat(window.note(mark(-1), PINNED)).isEqualTo(FULL);
        assertThat(window.marks()).hasSize(MarkWindow.MOST);
    }

    /** It forgets nothing to make room: what was seen stays seen. */
    @Test
    void knowsAgainWhatItHoldsHoweverFullItIs() {
        fill(0, MarkWindow.MOST, PINNED);

        assertThat(window.note(mark(0), STRANGER)).isEqualTo(SEEN);
        assertThat(window.look(mark(0), PINNED)).isEqualTo(SEEN);
    }

    @Test
    void lookingNotesNothing() {
        assertThat(window.look(mark(1), STRANGER)).isEqualTo(NEW);
        assertThat(window.look(mark(1), STRANGER)).isEqualTo(NEW);
        assertThat(window.marks()).isEmpty();
    }

    @Test
    void restoresBeyondItsRoom() {
        fill(0, MarkWindow.MOST, PINNED);
        window.restore(mark(-1));

        assertThat(window.look(mark(-1), PINNED)).isEqualTo(SEEN);
    }

    @Test
    void takesAMarkBack() {
        window.note(mark(1), STRANGER);
        window.remove(mark(1));

        assertThat(window.look(mark(1), STRANGER)).isEqualTo(NEW);
    }

    private void fill(int from, int to, PrekeyStore.Writer writer) {
        for (int i = from; i < to; i++) {
            assertThat(window.note(mark(i), writer)).isEqualTo(NEW);
        }
    }

    private static Opaque mark(int number) {
        return Opaque.wrap(ByteBuffer.allocate(PrekeyUse.MARK).putInt(number).array());
    }
}
