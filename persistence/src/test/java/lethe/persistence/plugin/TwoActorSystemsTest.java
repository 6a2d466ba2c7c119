package lethe.persistence.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import lethe.core.identity.MessageId;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;
import lethe.persistence.fence.Given;
import lethe.persistence.local.TestConfig;
import lethe.persistence.plugin.TestSubscriber.Ask;
import lethe.persistence.plugin.TestSubscriber.Command;
import lethe.persistence.plugin.TestSubscriber.Persist;
import lethe.persistence.plugin.TestSubscriber.Stored;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/**
 * Two actor systems on one Cassandra run the same entity: through Akka, the older one never says again that it stored.
 */
public class TwoActorSystemsTest extends JUnitSuite {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static ActorTestKit one;
    private static ActorTestKit two;
    private final Given given = new Given(System.nanoTime());
    private final String pid = given.persistenceId();

    @BeforeClass
    public static void start() {
        one = start("one");
        two = start("two");
    }

    @AfterClass
    public static void stop() {
        one.shutdownTestKit();
        two.shutdownTestKit();
    }

    @Test
    public void adoptsWhatTheOlderStoredAndNeverHearsOfItAgain() {
        var older = one.spawn(TestSubscriber.create(pid));
        store(one, older, state -> given.optedIn());
        var before = hold(one, older);

        var newer = two.spawn(TestSubscriber.create(pid));
        assertThat(ask(two, newer)).containsExactly(before);

        var zombie = one.<Stored>createTestProbe();
        older.tell(new Persist(this::held, zombie.ref()));
        zombie.expectTerminated(older, PATIENCE);
        zombie.expectNoMessage();

        var after = hold(two, newer);
        assertThat(ask(one, one.spawn(TestSubscriber.create(pid)))).containsExactly(before, after);
    }

    @Test
    public void forgetsTheClaimOfAnEntityThatIsReleased() {
        var store = LetheStore.get(one.system());
        var entity = one.spawn(TestSubscriber.create(pid));
        store(one, entity, state -> given.optedIn());
        var remembered = join(store.claimsRemembered());
        one.stop(entity, PATIENCE);
        store.released(pid);
        assertThat(join(store.claimsRemembered())).isEqualTo(remembered - 1);
    }

    private static ActorTestKit start(String name) {
        var kit = ActorTestKit.create(name, TestConfig.shared());
        join(LetheStore.get(kit.system()).ready());
        return kit;
    }

    private MessageId hold(ActorTestKit kit, ActorRef<Command> entity) {
        var held = store(kit, entity, this::held);
        return held.get(held.size() - 1);
    }

    private SubscriberEvent held(SubscriberState state) {
        return new SubscriberEvent.Held(List.of(given.envelope(state.incarnation(), 1, 100)));
    }

    private static List<MessageId> store(
            ActorTestKit kit, ActorRef<Command> entity, Function<SubscriberState, SubscriberEvent> event) {
        TestProbe<Stored> probe = kit.createTestProbe();
        entity.tell(new Persist(event, probe.ref()));
        return probe.receiveMessage(PATIENCE).held();
    }

    private static List<MessageId> ask(ActorTestKit kit, ActorRef<Command> entity) {
        TestProbe<Stored> probe = kit.createTestProbe();
        entity.tell(new Ask(probe.ref()));
        return probe.receiveMessage(PATIENCE).held();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
