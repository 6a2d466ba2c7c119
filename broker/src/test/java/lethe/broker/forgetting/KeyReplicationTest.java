package lethe.broker.forgetting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import akka.cluster.typed.Join;
import akka.remote.RARP;
import akka.remote.testkit.Blackhole$;
import akka.remote.testkit.Direction;
import akka.remote.testkit.SetThrottle;
import akka.remote.testkit.ThrottleMode;
import akka.remote.testkit.Unthrottled$;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import lethe.cluster.ClusterSettings;
import lethe.persistence.due.DueIndex.Progress;
import lethe.persistence.seal.EpochKeys;
import lethe.persistence.seal.Epochs;
import lethe.persistence.seal.KeyEscrow;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.concurrent.Await;

/** Keepers and maker on real cluster nodes, each with its own remoting, that share nothing but loopback. */
class KeyReplicationTest {
    private static final Duration EPOCH = Duration.ofSeconds(4);
    /** A machine that stands still for a while is not taken for a crash: a test says itself which node is gone. */
    private static final Config CONFIG = ConfigFactory.parseString("""
            akka.coordinated-shutdown.run-by-actor-system-terminate = off
            akka.cluster.failure-detector.acceptable-heartbeat-pause = 60 s
            akka.remote.artery.advanced.test-mode = on
            akka.cluster.split-brain-resolver.stable-after = 2 s
            akka.cluster.singleton.hand-over-retry-interval = 200 ms
            """)
            .withFallback(ClusterSettings.akka())
            .withFallback(ConfigFactory.defaultReferenceUnresolved())
            .resolve();

    private final List<Member> members = new ArrayList<>();

    private record Member(ActorSystem<Void> system, EpochKeys keys) {}

    @AfterEach
    void stop() {
        members.forEach(member -> member.system().terminate());
        members.forEach(KeyReplicationTest::gone);
    }

    @Test
    void givesEveryNodeTheSameKeyBeforeItsEpochBegins() throws IOException {
        joins();
        joins();
        joins();

        for (int epoch = 0; epoch < 3; epoch++) {
            long next = members.get(0).keys().wanted().get(1);
            soon().until(() -> allHaveTheSame(next));
            soon().until(() -> members.get(0).keys().wanted().get(0) >= next);
        }
    }

    @Test
    void givesANodeThatJoinsWhatIsAlive() throws IOException {
        Member first = joins();
        soon().until(() -> first.keys().alive().size() >= 2);
        Member late = joins();

        List<Long> alive = first.keys().alive();
        soon().until(() -> late.keys().alive().containsAll(alive));
        assertThat(alive).allMatch(this::allHaveTheSame);
    }

    @Test
    void goesOnWhenTheMakersNodeCrashes() throws IOException {
        Member maker = joins();
        Member other = joins();
        joins();
        soon().until(() -> allHaveTheSame(other.keys().wanted().get(1)));
        members.remove(maker);
        maker.system().terminate();
        gone(maker);
        Cluster left = Cluster.get(other.system());
        left.manager().tell(new Down(Cluster.get(maker.system()).selfMember().address()));
        long last = other.keys().wanted().get(1);

        // The cluster waits before it starts the maker elsewhere.
        soon().atMost(Duration.ofSeconds(90))
                .until(() -> other.keys().alive().stream().anyMatch(epoch -> epoch > last));
        soon().until(() -> allHaveTheSame(other.keys().wanted().get(1)));
    }

    @Test
    void agreesAlthoughClocksDiffer() throws IOException {
        joins(Clock.offset(Clock.systemUTC(), EPOCH.dividedBy(3)));
        joins();
        joins(Clock.offset(Clock.systemUTC(), EPOCH.dividedBy(3).negated()));
        soon().until(() -> members.stream()
                .allMatch(member -> member.keys().usable().toCompletableFuture().isDone()));

        for (int epoch = 0; epoch < 2; epoch++) {
            long next = members.get(2).keys().wanted().get(1);
            soon().until(() -> allHaveTheSame(next));
            soon().until(() -> members.get(2).keys().wanted().get(0) >= next);
        }
    }

    /** The maker had told one keeper of a key, and died; the next maker begins with another. */
    @Test
    void comesToOneKeyWhenTwoWereBegun() throws IOException {
        Member one = joins();
        soon().until(() -> one.keys().usable().toCompletableFuture().isDone());
        EpochKeys begun = keys(Clock.systemUTC());
        long next = one.keys().wanted().get(1) + 1;
        begun.adopt(next, new byte[EpochKeys.KEY_LENGTH]);
        joins(begun, Clock.systemUTC());

        soon().until(() -> allHaveTheSame(next));
        assertThat(one.keys().copy(next).orElseThrow()).containsOnly(0);
    }

    /** It goes on with the last key that it has, and drops what is over once it has newer ones. */
    @Test
    void catchesUpAfterANodeWasCutOff() throws Exception {
        Member one = joins();
        joins();
        Member away = joins();
        soon().until(() -> allHaveTheSame(one.keys().wanted().get(1)));
        connect(away, Blackhole$.MODULE$);
        List<Long> early = away.keys().alive();
        long last = early.get(early.size() - 1);
        soon().until(() -> one.keys().alive().stream().noneMatch(epoch -> epoch <= last));
        assertThat(away.keys().current()).isEqualTo(last);

        connect(away, Unthrottled$.MODULE$);
        soon().until(() -> allHaveTheSame(one.keys().wanted().get(1)));
        soon().until(() -> away.keys().alive().stream().noneMatch(epoch -> epoch <= last));
    }

    @Test
    void forgetsOnEveryNode() throws IOException {
        joins();
        joins();
        soon().until(() -> allHaveTheSame(members.get(0).keys().wanted().get(0)));
        List<Long> early = members.get(0).keys().alive();

        soon().until(() -> members.stream()
                .noneMatch(member -> member.keys().alive().stream().anyMatch(early::contains)));
    }

    private Member joins() throws IOException {
        return joins(Clock.systemUTC());
    }

    private Member joins(Clock clock) throws IOException {
        return joins(keys(clock), clock);
    }

    private Member joins(EpochKeys keys, Clock clock) {
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "keys", CONFIG);
        Cluster cluster = Cluster.get(system);
        Cluster seed = members.isEmpty() ? cluster : Cluster.get(members.get(0).system());
        cluster.manager().tell(Join.create(seed.selfMember().address()));
        Member member = new Member(system, keys);
        members.add(member);
        soon().until(() -> upMembers() == members.size());
        KeyKeeper.start(
                system,
                keys,
                () -> CompletableFuture.completedFuture(new Progress(Instant.MAX, Instant.MAX)),
                () -> {},
                clock);
        return member;
    }

    /** Lets nothing through between a node and all others, or everything again. */
    private void connect(Member member, ThrottleMode mode) throws Exception {
        for (Member other : members) {
            if (!other.equals(member)) {
                throttle(member, other, mode);
                throttle(other, member, mode);
            }
        }
    }

    private static void throttle(Member from, Member to, ThrottleMode mode) throws Exception {
        var command = new SetThrottle(Cluster.get(to.system()).selfMember().address(), Direction.Both$.MODULE$, mode);
        var remoting = (RARP) RARP.get(Adapter.toClassic(from.system()));
        Await.ready(
                remoting.provider().transport().managementCommand(command),
                scala.concurrent.duration.Duration.create(10, TimeUnit.SECONDS));
    }

    private long upMembers() {
        var state = Cluster.get(members.get(0).system()).state();
        return StreamSupport.stream(state.getMembers().spliterator(), false)
                .filter(seen -> seen.status().equals(MemberStatus.up()))
                .count();
    }

    private static EpochKeys keys(Clock clock) throws IOException {
        return EpochKeys.open(new Epochs(EPOCH), KeyEscrow.none(), clock);
    }

    private boolean allHaveTheSame(long epoch) {
        byte[] first = members.get(0).keys().copy(epoch).orElse(new byte[0]);
        return first.length > 0
                && members.stream()
                        .allMatch(member ->
                                Arrays.equals(first, member.keys().copy(epoch).orElse(new byte[0])));
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }

    private static void gone(Member member) {
        soon().until(() ->
                member.system().getWhenTerminated().toCompletableFuture().isDone());
    }
}
