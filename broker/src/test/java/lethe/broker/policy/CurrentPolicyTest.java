package lethe.broker.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import lethe.broker.TestOperator;
import lethe.core.consent.Policy;
import lethe.core.consent.SignedPolicy;
import lethe.core.protocol.Bodies;
import org.junit.jupiter.api.Test;

class CurrentPolicyTest {
    private static final String TEXT = "Off by default.";

    private final TestOperator operator = new TestOperator();
    private final CurrentPolicy current = new CurrentPolicy(Policy.of(3, TEXT), TEXT);

    @Test
    void beginsWithThatOfTheSettings() {
        assertThat(current.policy()).isEqualTo(Policy.of(3, TEXT));
        assertThat(current.shown()).isEqualTo(Bodies.PolicyInForce.of(Policy.of(3, TEXT), TEXT));
    }

    @Test
    void risesToALaterOne() {
        SignedPolicy later = operator.sign(5, "Still off.");

        current.rise(later);

        assertThat(current.policy()).isEqualTo(later.policy());
        assertThat(current.shown()).isEqualTo(Bodies.PolicyInForce.of(later));
    }

    @Test
    void takesTheSignedFormOfTheVerySame() {
        SignedPolicy same = operator.sign(3, TEXT);

        current.rise(same);

        assertThat(current.shown().signed()).contains(same);
        current.rise(operator.sign(3, TEXT));
        assertThat(current.shown().signed()).contains(same);
    }

    @Test
    void hasOneTextForAnEpoch() {
        current.rise(operator.sign(3, "Another."));

        assertThat(current.policy()).isEqualTo(Policy.of(3, TEXT));
    }

    @Test
    void neverGoesBackWhateverComesInWhateverOrder() {
        for (int seed = 0; seed < 100; seed++) {
            List<Long> epochs = new ArrayList<>(List.of(1L, 2L, 4L, 5L, 6L, 6L));
            Collections.shuffle(epochs, new Random(seed));
            CurrentPolicy rising = new CurrentPolicy(Policy.of(3, TEXT), TEXT);
            long highest = 3;
            for (long epoch : epochs) {
                rising.rise(operator.sign(epoch, TEXT + epoch));
                highest = Math.max(highest, epoch);
                assertThat(rising.policy().epoch()).as("seed %d", seed).isEqualTo(highest);
            }
        }
    }
}
