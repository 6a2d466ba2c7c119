package lethe.device.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import lethe.core.fallback.Fallback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TermsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource
    void wantAFallbackOnlyThatThisPhoneCanServe(Fallback fallback) {
        if (fallback == Fallback.DEVICE) {
            assertThat(new Terms(null, null, DEADLINE, fallback)).isEqualTo(Terms.smsAfter(DEADLINE));
        } else {
            assertThatThrownBy(() -> new Terms(null, null, DEADLINE, fallback))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
