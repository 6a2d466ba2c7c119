package lethe.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShardTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Failures failures = new Failures();
    private final Shard shard = new Shard(channel.eventLoop(), failures);

    @Test
    void takesWhatALaterTaskThrowsForAFailureOfTheRun() {
        channel.freezeTime();
        shard.later(ShardTest::breakDown, 5);
        channel.advanceTimeBy(4, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        assertThat(failures.isEmpty()).isTrue();
        channel.advanceTimeBy(1, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        assertThatThrownBy(failures::check).hasMessageContaining("a defect");
    }

    /** What takes longest is done when the next part is measured already. */
    @Test
    void countsWhatWasDueInAnEarlierPartInThatPart() {
        var first = new Meter(Meter.Counting.BY_DUE);
        var second = new Meter(Meter.Counting.BY_DUE);
        first.begin(shard.now());
        shard.measureBy(first);
        long due = shard.now();
        first.end(shard.now() + 1);
        shard.measureBy(second);
        second.begin(shard.now() + 1);
        shard.done(due, due);

        assertThat(latencies(first)).isEqualTo(1);
        assertThat(latencies(second)).isZero();
    }

    private static long latencies(Meter meter) {
        var all = Meter.histogram();
        meter.addTo(all);
        return all.getTotalCount();
    }

    private static void breakDown() {
        throw new IllegalStateException("a defect");
    }
}
