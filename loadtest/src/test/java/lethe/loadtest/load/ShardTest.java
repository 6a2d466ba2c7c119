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

    private static void breakDown() {
        throw new IllegalStateException("a defect");
    }
}
