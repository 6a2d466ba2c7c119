package lethe.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DoorstepTest {
    private static Duration answeredAfter(Duration foundOutAfter) {
        return foundOutAfter.plus(Doorstep.left(foundOutAfter));
    }

    @Test
    void answersAtTheSameTimeHoweverSoonItWasFoundOut() {
        assertThat(answeredAfter(Duration.ZERO)).isEqualTo(Doorstep.STEP);
        assertThat(answeredAfter(Duration.ofMillis(1))).isEqualTo(Doorstep.STEP);
        assertThat(answeredAfter(Duration.ofMillis(249))).isEqualTo(Doorstep.STEP);
    }

    @Test
    void answersAtTheNextStepWhenItTookLonger() {
        assertThat(answeredAfter(Duration.ofMillis(250))).isEqualTo(Doorstep.STEP.multipliedBy(2));
        assertThat(answeredAfter(Duration.ofMillis(1_001))).isEqualTo(Doorstep.STEP.multipliedBy(5));
    }
}
