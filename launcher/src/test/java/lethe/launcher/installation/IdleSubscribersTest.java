package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In full size, 100,000 tags, with {@code -Dlethe.long=true}. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class IdleSubscribersTest {
    private static final int TAGS = Integer.getInteger("lethe.tags", SharedInstallation.isLong() ? 100_000 : 10_000);
    private static final int WARM_UP = 1_000;
    private static final long NOISE_BYTES = 3 << 20;

    /** A subscriber in memory costs thousands. */
    private static final long BYTES_PER_TAG = 50;

    /** Phones that opted out a moment ago stay for two minutes: their nonces are remembered. Tags are many more. */
    private static final int LEFT = 500;

    private static final Duration PASSIVATED = Duration.ofMinutes(3);

    @Test
    void holdNoMemoryAfterTheyWereTouchedOnce() throws Exception {
        var unused = touch(WARM_UP);
        var before = awaitPassivation();
        var touched = touch(TAGS);
        assertThat(touched.subscribers()).as("in memory just after").isGreaterThan(before.subscribers());
        var after = awaitPassivation();
        assertThat(after.bytes() - before.bytes())
                .as("bytes more after %d tags: %s, then %s, then %s", TAGS, before, touched, after)
                .isLessThan(NOISE_BYTES + BYTES_PER_TAG * TAGS);
    }

    /** Touches so many, and looks before the phone that did it opts out, which may take as long as they stay. */
    private static Heap touch(int tags) throws Exception {
        try (var toucher = Toucher.connect(SharedInstallation.get().address())) {
            toucher.touch(tags);
            return heap();
        }
    }

    /** Until hardly a subscriber is in memory. */
    private static Heap awaitPassivation() {
        return Awaitility.await()
                .atMost(PASSIVATED)
                .pollInterval(Duration.ofMillis(500))
                .until(IdleSubscribersTest::heap, heap -> heap.subscribers() <= LEFT);
    }

    private static Heap heap() throws Exception {
        return Heap.of(SharedInstallation.get().broker().pid());
    }
}
