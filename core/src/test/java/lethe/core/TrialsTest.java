package lethe.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TrialsTest {
    @Test
    void namesTheSeedThatBrokeTheClaim() {
        AtomicInteger trial = new AtomicInteger();

        assertThatThrownBy(() -> Trials.forAll(
                        10, random -> assertThat(trial.getAndIncrement()).isNotEqualTo(7)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 7");
    }

    @Test
    void repeatsATrialBySeed() {
        List<Long> drawn = new ArrayList<>();
        Trials.forAll(5, random -> drawn.add(random.nextLong()));

        Trials.forSeed(3, random -> assertThat(random.nextLong()).isEqualTo(drawn.get(3)));
        assertThat(drawn).doesNotHaveDuplicates();
    }
}
