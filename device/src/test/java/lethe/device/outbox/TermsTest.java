package lethe.device.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import lethe.core.fallback.Fallback;
import lethe.device.Given;
import lethe.device.sms.SmsCopy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class TermsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Test
    void nameEachFallback() {
        assertThat(Terms.smsAfter(DEADLINE).fallback()).isEqualTo(Fallback.DEVICE);
        assertThat(Terms.gatewayAfter(DEADLINE).fallback()).isEqualTo(Fallback.GATEWAY);
        assertThat(Terms.noticeAfter(DEADLINE).fallback()).isEqualTo(Fallback.NOTICE);
        assertThat(Terms.noticeAfter(DEADLINE).deadline()).isEqualTo(DEADLINE);
    }

    @ParameterizedTest
    @EnumSource(value = Fallback.class, names = "NONE", mode = Mode.EXCLUDE)
    void wantADeadlineForAFallback(Fallback fallback) {
        assertThatThrownBy(() -> new Terms(null, null, null, fallback)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void areServedOnlyByWhatFitsThem() {
        SmsCopy notice = SmsCopy.notice(Given.NUMBER, "de");

        assertThatThrownBy(() -> message(Terms.noticeAfter(DEADLINE), Given.sms("text")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> message(Terms.gatewayAfter(DEADLINE), notice))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> message(Terms.smsAfter(DEADLINE), notice))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(message(Terms.noticeAfter(DEADLINE), notice).sms()).isEqualTo(notice);
    }

    private static Message message(Terms terms, SmsCopy sms) {
        return new Message(Given.id(1), Given.tag(1), null, terms, Given.body("body"), sms, Given.NOW);
    }
}
