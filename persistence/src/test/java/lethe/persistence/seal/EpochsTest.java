package lethe.persistence.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EpochsTest {
    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static final Instant NOW = Instant.parse("2026-11-28T10:07:00Z");

    private final Epochs epochs = new Epochs(LENGTH);
    private final long epoch = epochs.at(NOW);

    @Test
    void dividesTimeWithoutGaps() {
        assertThat(epochs.end(epoch)).isEqualTo("2026-11-28T10:10:00Z");
        assertThat(epochs.at(epochs.end(epoch))).isEqualTo(epoch + 1);
        assertThat(epochs.at(epochs.end(epoch).minusMillis(1))).isEqualTo(epoch);
    }

    @Test
    void renewsInTheFirstHalfOfTheNextEpochAndNotAllAtOnce() {
        assertThat(epochs.renewal(epoch, "Subscriber|a")).isNotEqualTo(epochs.renewal(epoch, "Subscriber|b"));
        assertThat(epochs.renewal(epoch, "Subscriber|a"))
                .isBetween(epochs.end(epoch), epochs.end(epoch).plus(LENGTH.dividedBy(2)));
    }

    @Test
    void refusesEpochsTooShortToRenewIn() {
        assertThatThrownBy(() -> new Epochs(Duration.ofMillis(999))).isInstanceOf(IllegalArgumentException.class);
    }
}
