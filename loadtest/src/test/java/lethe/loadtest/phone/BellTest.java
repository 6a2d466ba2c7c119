package lethe.loadtest.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BellTest {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final Bell bell = new Bell();

    @Test
    void doesNotWaitForWhatHoldsAlready() throws Exception {
        assertThat(bell.await(() -> true, Duration.ZERO)).isTrue();
    }

    @Test
    void givesUpAtTheBound() throws Exception {
        assertThat(bell.await(() -> false, Duration.ofMillis(50))).isFalse();
    }

    @Test
    void missesNoRing() throws Exception {
        var count = new AtomicInteger();
        var ringer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 10_000; i++) {
                count.incrementAndGet();
                bell.ring();
            }
        });
        assertThat(bell.await(() -> count.get() == 10_000, BOUND)).isTrue();
        ringer.join();
    }

    @Test
    void waitsAsLongAsSomethingGoesOn() throws Exception {
        var count = new AtomicInteger();
        // The sixth time that it is looked at; each time before, it has grown.
        assertThat(bell.awaitProgress(() -> count.incrementAndGet() > 5, count::get, Duration.ZERO))
                .isTrue();
        assertThat(bell.awaitProgress(() -> false, () -> 7, Duration.ofMillis(50)))
                .isFalse();
    }
}
