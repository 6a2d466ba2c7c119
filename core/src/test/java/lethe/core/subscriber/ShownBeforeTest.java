package lethe.core.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import lethe.core.Samples;
import org.junit.jupiter.api.Test;

class ShownBeforeTest {
    private static final Instant NOW = Samples.START;

    private final Random random = new Random(1);
    private final ShownBefore before = new ShownBefore();

    private Shown statement(int seconds) {
        return new Shown(Samples.opaque(random, 16), NOW.plusSeconds(seconds));
    }

    private Shown used(int seconds) {
        Shown statement = statement(seconds);
        before.add(statement);
        return statement;
    }

    @Test
    void knowsAStatementThatWasUsedAndNoOther() {
        Shown used = used(600);

        assertThat(before.isNew(used, NOW)).isFalse();
        assertThat(before.isNew(statement(600), NOW)).isTrue();
        assertThat(before.all()).containsExactly(used);
    }

    @Test
    void forgetsAStatementWhenItExpires() {
        used(600);

        assertThat(before.isAny(NOW.plusSeconds(600).minusMillis(1))).isTrue();
        assertThat(before.isAny(NOW.plusSeconds(600))).isFalse();
        assertThat(before.all()).isEmpty();
    }

    @Test
    void takesNoMoreThanItRemembersUntilOneExpires() {
        for (int i = 0; i < ShownBefore.MOST; i++) {
            assertThat(before.isNew(statement(600), NOW)).isTrue();
            used(600 + i);
        }
        assertThat(before.isNew(statement(600), NOW)).isFalse();

        assertThat(before.isNew(statement(600), NOW.plusSeconds(600))).isTrue();
    }
}
