package lethe.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Failures failures = new Failures();
    private final Shard shard = new Shard(channel.eventLoop(), failures);
    private final Pair pair = new Pair(0, shard, 1);
    private final AtomicInteger turnsGivenBack = new AtomicInteger();
    private final AtomicInteger others = new AtomicInteger();
    private final Connection connection = new Connection(
            pair, new ScriptedDialect(), shard, turnsGivenBack::incrementAndGet, others::incrementAndGet);

    @BeforeEach
    void open() {
        channel.pipeline().addLast(connection);
        channel.pipeline().fireChannelActive();
        pair.senderIs(connection);
    }

    @Test
    void comesBackAsAnotherWhenItIsSentAwayBeforeItWasReady() {
        connection.sentAway();
        assertThat(channel.isOpen()).isFalse();
        assertThat(others).hasValue(1);
        assertThat(failures.isEmpty()).isTrue();
    }

    @Test
    void takesItForAFailureToBeSentAwayLater() {
        connection.ready();
        connection.sentAway();
        assertThat(others).hasValue(0);
        assertThatThrownBy(failures::check).hasMessageContaining("sent a phone away");
    }

    @Test
    void takesItForAFailureThatTheBrokerCloses() {
        connection.ready();
        var unused = channel.close();
        assertThatThrownBy(failures::check).hasMessageContaining("the broker closed");
    }

    @Test
    void takesItForNoFailureThatTheDriverCloses() {
        connection.ready();
        pair.close();
        assertThat(channel.isOpen()).isFalse();
        assertThat(failures.isEmpty()).isTrue();
    }

    @Test
    void givesItsTurnBackWhenItNeverGetsReady() {
        connection.failed("not let in");
        assertThat(turnsGivenBack).hasValue(1);
    }

    @Test
    void keepsAnIncompleteFrameUntilTheRestHasCome() {
        pair.sendMore(1);
        ByteBuf first = Unpooled.buffer().writeInt(0);
        channel.writeInbound(first);
        channel.writeInbound(Unpooled.buffer().writeInt(0));
        pair.completed(0);
        assertThat(pair.tally().lost()).isZero();
        assertThat(first.refCnt()).isZero();
    }

    @Test
    void releasesWhatItsDialectCannotRead() {
        ByteBuf neverSent = Unpooled.buffer().writeLong(5);
        channel.writeInbound(neverSent);
        assertThat(neverSent.refCnt()).isZero();
        assertThatThrownBy(failures::check).hasMessageContaining("never sent");
    }
}
