package lethe.loadtest.peers.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfirmsTest {
    private final Confirms confirms = new Confirms();
    private final List<Long> told = new ArrayList<>();

    @Test
    void countsTagsFromOne() {
        confirms.sent(70);
        confirms.sent(71);
        confirms.settle(2, false, told::add);
        assertThat(told).containsExactly(71L);
    }

    @Test
    void tellsNothingTwice() {
        confirms.sent(70);
        confirms.settle(1, true, told::add);
        confirms.settle(1, true, told::add);
        confirms.settle(1, false, told::add);
        assertThat(told).containsExactly(70L);
    }

    @Test
    void whoIsToldMaySendAtOnce() {
        confirms.sent(70);
        confirms.sent(71);
        confirms.settle(2, true, number -> {
            told.add(number);
            confirms.sent(number + 10);
        });
        confirms.settle(4, true, told::add);
        assertThat(told).containsExactly(70L, 71L, 80L, 81L);
    }
}
