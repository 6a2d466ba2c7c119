package lethe.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PairTest {
    private static final int WINDOW = 3;
    private static final Duration TOLD = Duration.ofSeconds(1);

    /** The most that is added to what a sender was told, when it is refused for the first time. */
    private static final Duration CHANCE = TOLD.plusMillis(20);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Shard shard = new Shard(channel.eventLoop(), new Failures());
    private final ScriptedDialect dialect = new ScriptedDialect();
    private final Pair pair = new Pair(0, shard, WINDOW);

    @BeforeEach
    void connect() {
        channel.freezeTime();
        pair.senderIs(new Connection(pair, dialect, shard, () -> {}, () -> {}));
    }

    @Test
    void hasNoMoreUnderWayThanItsWindow() {
        pair.sendAlways();
        assertThat(dialect.sent()).containsExactly(0L, 1L, 2L);
        pair.completed(1);
        assertThat(dialect.sent()).containsExactly(3L);
    }

    @Test
    void saysNothingAfterARefusalForAsLongAsItWasTold() {
        refuseAll();
        pair.due(shard.now());
        pass(TOLD);
        assertThat(dialect.sent()).isEmpty();
    }

    @Test
    void sendsAgainWhatWasRefusedInTheOrderOfNumbersAndBeforeAnythingNew() {
        refuseAll();
        pass(TOLD.plus(CHANCE));
        assertThat(dialect.sent()).containsExactly(0L);
        pair.completed(0);
        assertThat(dialect.sent()).containsExactly(1L, 2L);
        pair.completed(1);
        assertThat(dialect.sent()).containsExactly(3L, 4L);
    }

    @Test
    void neverSendsAgainWhatItsShardGivesUp() {
        shard.giveUpWhatIsRefused(true);
        pair.sendMore(WINDOW + 1);
        assertThat(dialect.sent()).containsExactly(0L, 1L, 2L);
        assertThat(pair.refused(0, TOLD)).isFalse();
        pass(TOLD.plus(CHANCE));
        assertThat(dialect.sent()).containsExactly(3L);
        assertThat(pair.tally().refused()).isEqualTo(1);
    }

    @Test
    void givesNoRoomToTheNextForWhatIsHeld() {
        pair.sendMore(WINDOW + 1);
        dialect.sent();
        pair.held(0);
        assertThat(dialect.sent()).isEmpty();
        pair.completed(0);
        assertThat(dialect.sent()).containsExactly(3L);
    }

    @Test
    void givesRoomToTheNextForWhatIsHeldWhereThatIsMeasured() {
        shard.countHeld(true);
        pair.sendMore(WINDOW + 1);
        dialect.sent();
        pair.held(0);
        assertThat(dialect.sent()).containsExactly(3L);
    }

    @Test
    void losesWhatIsCompletedAndNeverCame() {
        pair.sendMore(2);
        pair.arrived(0);
        pair.completed(0);
        pair.completed(1);
        assertThat(pair.tally().lost()).isEqualTo(1);
    }

    /** Everything of the first window, in another order than it was sent. */
    private void refuseAll() {
        pair.sendAlways();
        dialect.sent();
        pair.refused(2, TOLD);
        pair.refused(0, TOLD);
        pair.refused(1, TOLD);
    }

    private void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }
}
