package lethe.broker.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Props;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import lethe.broker.TestNode;
import lethe.core.queue.Bounds;
import lethe.core.queue.Envelope;
import lethe.persistence.local.SharedCassandra;
import lethe.persistence.plugin.LetheStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a subscriber does when nobody asks anything of it. */
class QuietSubscriberTest {
    private static final Duration IDLE_AFTER = Duration.ofMillis(300);

    @TempDir
    static Path data;

    private static @Nullable TestNode running;

    private final Person bob = new Person(QuietSubscriberTest::node);

    private static final String KEYSPACE = SharedCassandra.freshKeyspace("quiet");

    @BeforeAll
    static void startNode() {
        running = TestNode.start(KEYSPACE, data, Map.of("lethe.subscriber.idle-after", IDLE_AFTER.toMillis() + " ms"));
    }

    @AfterAll
    static void stopNode() {
        node().close();
    }

    private static TestNode node() {
        return Objects.requireNonNull(running);
    }

    /**
     * What a subscriber's actor remembers of requests, so that none is replayed, keeps it in memory for two minutes.
     */
    private static void restart() {
        node().close();
        startNode();
    }

    @Test
    void leavesMemoryWhenItsPhoneHasGone() {
        bob.optsIn();
        restart();
        bob.connects();
        TestProbe<Outcome> watching = TestProbe.create(node().system());
        bob.disconnects();

        watching.expectTerminated(bob.actor(), Duration.ofSeconds(10));
    }

    @Test
    void handsPhonesThatComeWhileItLeavesToItsNextIncarnation() {
        bob.optsIn();
        TestProbe<ClusterSharding.ShardCommand> shard = TestProbe.create(node().system());
        ActorRef<SubscriberCommand> leaving = incarnation(shard.getRef());
        shard.expectMessageClass(ClusterSharding.Passivate.class, Duration.ofSeconds(10));
        TestProbe<ToSession> phone = bob.connectsTo(leaving);
        TestProbe<ToSession> again = bob.connectsTo(leaving);
        leaving.tell(SubscriberCommand.Stop.STOP);

        assertThat(attachedTo(phone)).isNotEqualTo(leaving);
        assertThat(attachedTo(again)).isNotEqualTo(leaving);
    }

    @Test
    void asksItsShardWhoLetsAPhoneInIfTheShardDoesNotAnswer() {
        bob.optsIn();
        TestProbe<ClusterSharding.ShardCommand> shard = TestProbe.create(node().system());
        ActorRef<SubscriberCommand> staying = incarnation(shard.getRef());
        shard.expectMessageClass(ClusterSharding.Passivate.class, Duration.ofSeconds(10));

        // Its shard is the node's, and knows another one.
        assertThat(attachedTo(bob.connectsTo(staying))).isNotEqualTo(staying);
    }

    /** Of Bob's subscriber, beside the shards: the test is its shard. */
    private ActorRef<SubscriberCommand> incarnation(ActorRef<ClusterSharding.ShardCommand> shard) {
        SubscriberSettings settings = new SubscriberSettings(
                new Bounds(10, 10_000, 1),
                Duration.ofMillis(150),
                Duration.ZERO,
                IDLE_AFTER,
                32,
                Duration.ofHours(24),
                50,
                1_000);
        return node().system()
                .systemActorOf(
                        Subscriber.create(
                                bob.id(),
                                shard,
                                new Commons(
                                        settings,
                                        () -> node().policy(),
                                        Clock.tickMillis(ZoneOffset.UTC),
                                        LetheStore.get(node().system())::released,
                                        LetheStore.get(node().system())::prekeys,
                                        new Present(Pressure.NONE),
                                        Pressure.NONE,
                                        TestNode.limits(),
                                        TestNode.reports())),
                        "incarnation-" + bob.id().toText(),
                        Props.empty());
    }

    private static ActorRef<SubscriberCommand> attachedTo(TestProbe<ToSession> phone) {
        return phone.expectMessageClass(ToSession.Attached.class, Duration.ofSeconds(10))
                .subscriber();
    }

    @Test
    void staysForAConnectedPhoneHoweverQuiet() {
        bob.optsIn();
        TestProbe<ToSession> phone = bob.connects();
        phone.expectMessageClass(ToSession.Drained.class);
        phone.expectNoMessage(IDLE_AFTER.multipliedBy(4));
        Envelope envelope = bob.envelope();
        bob.send(envelope, TestProbe.create(node().system()));

        assertThat(phone.expectMessageClass(ToSession.Offered.class).envelope()).isEqualTo(envelope);
    }

    @Test
    void leavesMemoryOnceTheLastMessageThatWaitedIsThrough() {
        bob.optsIn();
        restart();
        TestProbe<Outcome> sender = TestProbe.create(node().system());
        bob.send(bob.envelope(), sender);
        sender.expectMessageClass(Outcome.IsHeld.class);
        bob.connects();
        bob.disconnects();
        sender.expectNoMessage(IDLE_AFTER.multipliedBy(4));
        TestProbe<ToSession> phone = bob.connects();
        bob.acknowledges(phone.expectMessageClass(ToSession.Offered.class).seq());
        sender.expectMessageClass(Outcome.HasEnded.class);
        bob.disconnects();

        sender.expectTerminated(bob.actor(), Duration.ofSeconds(10));
    }
}
