package lethe.broker.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LookupSettingsTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void countsDaysAndHoursFrom1970() {
        LookupSettings settings = new LookupSettings(DAY, HOUR);
        Instant at = Instant.parse("1970-01-03T05:59:59Z");

        assertThat(settings.day(at)).isEqualTo(2);
        assertThat(settings.hour(at)).isEqualTo(5);
    }

    @Test
    void refusesDaysOfTooManyHoursAndHoursOfNoTime() {
        assertThatThrownBy(() -> new LookupSettings(DAY, Duration.ofMinutes(1)))
                .hasMessageContaining("lethe.lookup.full-every");
        assertThatThrownBy(() -> new LookupSettings(Duration.ofMinutes(59), HOUR))
                .hasMessageContaining("lethe.lookup.full-every");
        assertThatThrownBy(() -> new LookupSettings(DAY, Duration.ofMillis(999)))
                .hasMessageContaining("lethe.lookup.delta-every");
    }
}
