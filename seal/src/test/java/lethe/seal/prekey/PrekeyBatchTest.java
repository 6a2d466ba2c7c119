package lethe.seal.prekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.seal.crypto.SigningKey;
import lethe.seal.crypto.Suite;
import lethe.seal.form.FieldWriter;
import org.junit.jupiter.api.Test;

class PrekeyBatchTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Tag TAG = new Tag(Opaque.wrap(new byte[32]));

    private final Random random = new Random(1);
    private final SigningKey key = SigningKey.draw(random);

    @Test
    void comesBackAsItWasPublished() {
        PrekeyBatch batch = new PrekeyBatch(prekeys(PrekeyBatch.MOST));

        assertThat(PrekeyBatch.decode(batch.encode())).contains(batch);
    }

    @Test
    void isNoBatchWithAByteMoreOrLess() {
        byte[] bytes = new PrekeyBatch(prekeys(2)).encode().toBytes();

        assertThat(PrekeyBatch.decode(Opaque.wrap(Arrays.copyOf(bytes, bytes.length + 1))))
                .isEmpty();
        for (int length = 0; length < bytes.length; length++) {
            assertThat(PrekeyBatch.decode(Opaque.wrap(Arrays.copyOf(bytes, length))))
                    .isEmpty();
        }
    }

    @Test
    void isBounded() {
        List<Prekey> many = prekeys(PrekeyBatch.MOST + 1);

        assertThatThrownBy(() -> new PrekeyBatch(many)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PrekeyBatch(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(PrekeyBatch.decode(written(many))).isEmpty();
        assertThat(PrekeyBatch.decode(written(List.of()))).isEmpty();
    }

    @Test
    void hasNoIdTwice() {
        Prekey one = prekeys(1).get(0);

        assertThatThrownBy(() -> new PrekeyBatch(List.of(one, one))).isInstanceOf(IllegalArgumentException.class);
        assertThat(PrekeyBatch.decode(written(List.of(one, one)))).isEmpty();
    }

    private static Opaque written(List<Prekey> prekeys) {
        FieldWriter out = new FieldWriter().u8(prekeys.size());
        prekeys.forEach(prekey -> out.bytes(prekey.encode()));
        return Opaque.wrap(out.toBytes());
    }

    private List<Prekey> prekeys(int count) {
        return IntStream.range(0, count).mapToObj(this::prekey).toList();
    }

    private Prekey prekey(int id) {
        return PrekeyPair.draw(TAG, key, new PrekeyId(id), PrekeyKind.ONE_TIME, Suite.X25519, NOW, random)
                .published();
    }
}
