package lethe.broker.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.receptionist.Receptionist;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import lethe.broker.TestOperator;
import lethe.cluster.ClusterSettings;
import lethe.core.consent.Policy;
import lethe.core.consent.SignedPolicy;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keepers on real cluster nodes, each with its own remoting, before one store. */
class PolicySpreadTest {
    private static final String TEXT = "Off by default.";
    /** A machine that stands still for a while is not taken for a crash. */
    private static final Config CONFIG = ConfigFactory.parseString("""
            akka.coordinated-shutdown.run-by-actor-system-terminate = off
            akka.cluster.failure-detector.acceptable-heartbeat-pause = 60 s
            """)
            .withFallback(ClusterSettings.akka())
            .withFallback(ConfigFactory.defaultReferenceUnresolved())
            .resolve();

    private final TestOperator operator = new TestOperator();
    private final AtomicReference<SignedPolicy> store = new AtomicReference<>();
    private final List<Member> members = new ArrayList<>();

    /**
     * A node.
     *
     * @param reads whether its store answers
     */
    private record Member(ActorSystem<Void> system, CurrentPolicy current, AtomicBoolean reads) {}

    @AfterEach
    void stop() {
        members.forEach(member -> member.system().terminate());
        members.forEach(member -> soon().until(() ->
                member.system().getWhenTerminated().toCompletableFuture().isDone()));
    }

    @Test
    void isInForceOnAllNodesWhenTheOperatorHearsSo() {
        joins();
        joins();
        joins();
        allKnowEachOther();

        assertThat(raise(members.get(1), 2)).isEmpty();

        assertThat(members).allMatch(member -> member.current().policy().epoch() == 2);
    }

    @Test
    void saysWhoHasItNotAndIsTakenThereAsSoonAsItCanBeRead() {
        joins();
        Member away = joins();
        allKnowEachOther();
        away.reads().set(false);

        assertThat(raise(members.get(0), 2).map(Problem::type)).contains(ProblemType.OVERLOADED);
        assertThat(members.get(0).current().policy().epoch()).isEqualTo(2);
        assertThat(away.current().policy().epoch()).isEqualTo(1);

        away.reads().set(true);
        soon().until(() -> away.current().policy().epoch() == 2);
    }

    /** It was not there when the others were told. */
    @Test
    void isFoundByANodeThatMissedIt() {
        Member alone = joins();
        store.set(operator.sign(2, TEXT));

        soon().until(() -> alone.current().policy().epoch() == 2);
    }

    private Member joins() {
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "policy", CONFIG);
        Cluster cluster = Cluster.get(system);
        Cluster seed = members.isEmpty() ? cluster : Cluster.get(members.get(0).system());
        cluster.manager().tell(Join.create(seed.selfMember().address()));
        CurrentPolicy current = new CurrentPolicy(Policy.of(1, TEXT), TEXT);
        Member member = new Member(system, current, new AtomicBoolean(true));
        members.add(member);
        soon().until(() -> upMembers() == members.size());
        PolicyKeeper.start(system, current, () -> look(member));
        return member;
    }

    private CompletionStage<Long> look(Member member) {
        SignedPolicy stored = store.get();
        if (!member.reads().get() || stored == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("the store does not answer"));
        }
        member.current().rise(stored);
        return CompletableFuture.completedFuture(stored.policy().epoch());
    }

    private Optional<Problem> raise(Member member, long epoch) {
        PolicyRaise raise = new PolicyRaise(
                member.system(),
                member.current(),
                signed -> {
                    store.set(signed);
                    return CompletableFuture.completedFuture(true);
                },
                Optional.of(operator.key()));
        return raise.offer(operator.policy(epoch, TEXT))
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /** Whoever raises tells the keepers that its receptionist lists. */
    private void allKnowEachOther() {
        for (Member member : members) {
            soon().until(() -> AskPattern.<Receptionist.Command, Receptionist.Listing>ask(
                                    member.system().receptionist(),
                                    replyTo -> Receptionist.find(PolicyKeeper.KEY, replyTo),
                                    Duration.ofSeconds(5),
                                    member.system().scheduler())
                            .toCompletableFuture()
                            .get(5, TimeUnit.SECONDS)
                            .getServiceInstances(PolicyKeeper.KEY)
                            .size()
                    == members.size());
        }
    }

    private long upMembers() {
        var state = Cluster.get(members.get(0).system()).state();
        return StreamSupport.stream(state.getMembers().spliterator(), false)
                .filter(seen -> seen.status().equals(MemberStatus.up()))
                .count();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }
}
