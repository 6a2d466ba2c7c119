package lethe.device.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.device.Given;
import lethe.device.store.ContentDamaged;
import lethe.device.store.MemorySlot;
import org.junit.jupiter.api.Test;

class EarlySmsTest {
    private static final Tag ANNA = Given.tag(1);
    private static final ShortTag TAG = ShortTag.of(Given.id(1));

    /** Where these lie in the slot. */
    private static final int VERSION = 0;

    private static final int COUNT = 4;
    private static final int FIRST_TAG = 5;

    private final MemorySlot slot = new MemorySlot();
    private EarlySms early = EarlySms.open(slot);

    private void restart() {
        early = EarlySms.open(slot);
    }

    @Test
    void knowsALetterThatSaysTheSame() {
        assertThat(early.came(TAG, null, "hello", Given.NOW)).isTrue();
        restart();

        assertThat(early.has(TAG, ANNA, "hello", Given.NOW)).isTrue();
        assertThat(early.has(TAG, ANNA, "hello!", Given.NOW)).isFalse();
        assertThat(early.has(ShortTag.of(Given.id(2)), ANNA, "hello", Given.NOW))
                .isFalse();
    }

    @Test
    void takesNobodysWordForSomebodyElse() {
        early.came(TAG, ANNA, "hello", Given.NOW);
        restart();

        assertThat(early.has(TAG, ANNA, "hello", Given.NOW)).isTrue();
        assertThat(early.has(TAG, Given.tag(2), "hello", Given.NOW)).isFalse();
    }

    @Test
    void tellsTheSameSmsFromAnotherOne() {
        early.came(TAG, null, "hello", Given.NOW);
        restart();

        assertThat(early.came(TAG, ANNA, "hello", Given.NOW)).isFalse();
        assertThat(early.came(TAG, null, "forged", Given.NOW)).isTrue();
        assertThat(early.has(TAG, ANNA, "hello", Given.NOW)).isTrue();
    }

    @Test
    void knowsHalfASurrogateByWhatAGatewayMakesOfIt() {
        early.came(TAG, null, "a\uFFFDb", Given.NOW);

        assertThat(early.has(TAG, ANNA, "a\uD83Db", Given.NOW)).isTrue();
    }

    @Test
    void forgetsWhatIsOlderThanAnyLetter() {
        early.came(TAG, null, "hello", Given.NOW);

        assertThat(early.has(TAG, ANNA, "hello", Given.NOW.plus(EarlySms.AGE).minusMillis(1)))
                .isTrue();
        assertThat(early.has(TAG, ANNA, "hello", Given.NOW.plus(EarlySms.AGE))).isFalse();
        early.came(ShortTag.of(Given.id(2)), null, "later", Given.NOW.plus(EarlySms.AGE));
        assertThat(slot.read().orElseThrow().length()).isEqualTo(1 + 4 + 48);
    }

    @Test
    void forgetsTheOldestBeyondItsBound() {
        IntStream.rangeClosed(0, EarlySms.MOST)
                .forEach(i -> early.came(ShortTag.of(Given.id(i)), null, "hello", Given.NOW.plusSeconds(i)));
        restart();

        assertThat(early.has(ShortTag.of(Given.id(0)), ANNA, "hello", Given.NOW.plus(Duration.ofHours(1))))
                .isFalse();
        assertThat(early.has(ShortTag.of(Given.id(1)), ANNA, "hello", Given.NOW.plus(Duration.ofHours(1))))
                .isTrue();
    }

    @Test
    void forgetsAll() {
        early.came(TAG, null, "hello", Given.NOW);

        early.clear();
        restart();

        assertThat(early.has(TAG, ANNA, "hello", Given.NOW)).isFalse();
    }

    @Test
    void keepsNoText() {
        early.came(TAG, ANNA, "a marker of content", Given.NOW);

        assertThat(new String(slot.read().orElseThrow().toBytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain("marker");
    }

    @Test
    void readsNothingThatItWouldNotWrite() {
        early.came(TAG, ANNA, "hello", Given.NOW);
        byte[] good = slot.read().orElseThrow().toBytes();
        for (int at : new int[] {VERSION, COUNT, FIRST_TAG}) {
            byte[] damaged = good.clone();
            damaged[at] ^= 0x40;
            slot.write(Opaque.wrap(damaged));
            assertThatThrownBy(this::restart).isInstanceOf(ContentDamaged.class);
        }
        slot.write(Opaque.wrap(Arrays.copyOf(good, good.length - 1)));
        assertThatThrownBy(this::restart).isInstanceOf(ContentDamaged.class);
    }
}
