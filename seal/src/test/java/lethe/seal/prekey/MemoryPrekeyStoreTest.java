package lethe.seal.prekey;

import static lethe.seal.prekey.PrekeyStore.Writer.PINNED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import lethe.core.identity.Opaque;
import lethe.seal.crypto.Hpke;
import lethe.seal.crypto.Outgoing;
import lethe.seal.crypto.Suite;
import org.junit.jupiter.api.Test;

class MemoryPrekeyStoreTest {
    private static final byte[] INFO = {1};

    private final Random random = new Random(1);
    private final MemoryPrekeyStore store = new MemoryPrekeyStore();
    private final PrekeyId id = PrekeyId.of(1);
    private final Opaque bytes = bytes();
    private final PrekeySecret secret = PrekeySecret.of(id, PrekeyKind.LAST_RESORT, Suite.X25519, bytes);

    @Test
    void findsWhatItKeeps() {
        store.keep(secret);

        assertThat(store.find(id)).containsSame(secret);
        assertThat(store.find(PrekeyId.of(2))).isEmpty();
    }

    @Test
    @RevealsSecrets("sees that nothing is left of it")
    void destroysOnceAndForGood() {
        store.keep(secret);
        Outgoing sent = Hpke.send(Suite.X25519, Hpke.publicKey(Suite.X25519, bytes), INFO, random)
                .orElseThrow();
        assertThat(secret.receive(sent.encapsulated(), INFO)).isPresent();
        assertThat(secret.reveal()).contains(bytes);

        assertThat(store.destroy(id)).isTrue();
        assertThat(store.destroy(id)).isFalse();

        assertThat(store.find(id)).isEmpty();
        assertThat(secret.reveal()).isEmpty();
        assertThat(secret.receive(sent.encapsulated(), INFO)).isEmpty();
    }

    @Test
    void notesAMarkOnce() {
        store.keep(secret);

        assertThat(store.look(id, mark(1), PINNED)).isEqualTo(PrekeyStore.Note.NEW);
        assertThat(store.note(id, mark(1), PINNED)).isEqualTo(PrekeyStore.Note.NEW);
        assertThat(store.note(id, mark(1), PINNED)).isEqualTo(PrekeyStore.Note.SEEN);
        assertThat(store.look(id, mark(1), PINNED)).isEqualTo(PrekeyStore.Note.SEEN);
        assertThat(store.note(id, mark(2), PINNED)).isEqualTo(PrekeyStore.Note.NEW);
        assertThat(store.note(PrekeyId.of(2), mark(1), PINNED)).isEqualTo(PrekeyStore.Note.GONE);
        assertThat(store.look(PrekeyId.of(2), mark(1), PINNED)).isEqualTo(PrekeyStore.Note.GONE);
    }

    @Test
    void forgetsMarksWithTheirPrekey() {
        store.keep(secret);
        store.note(id, mark(1), PINNED);

        store.keep(PrekeySecret.of(id, PrekeyKind.LAST_RESORT, Suite.X25519, bytes()));

        assertThat(store.note(id, mark(1), PINNED)).isEqualTo(PrekeyStore.Note.NEW);
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void doesNotPrintSecrets() {
        assertThat(secret).hasToString("PrekeySecret[***]");
    }

    private static Opaque mark(int number) {
        return Opaque.wrap(ByteBuffer.allocate(16).putInt(number).array());
    }

    private Opaque bytes() {
        byte[] drawn = new byte[Suite.SECRET];
        random.nextBytes(drawn);
        return Opaque.wrap(drawn);
    }
}
