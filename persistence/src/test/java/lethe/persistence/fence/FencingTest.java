package lethe.persistence.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lethe.core.subscriber.SubscriberEvent;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** Two nodes, one subscriber: the older incarnation is a zombie from the moment the newer one has claimed. */
public class FencingTest extends JUnitSuite {

    private static Node one;
    private static Node two;
    private final Given given = new Given(System.nanoTime());
    private final String pid = given.persistenceId();

    @BeforeClass
    public static void open() {
        one = Node.open();
        two = Node.open();
    }

    @AfterClass
    public static void close() {
        one.close();
        two.close();
    }

    @Test
    public void refusesTheZombiesSaveAndAllAfterIt() {
        var zombie = givenOptedIn();
        Entity.recover(two, pid);
        isSuperseded(() -> zombie.hold(given, 10));
        isSuperseded(() -> zombie.hold(given, 10));
    }

    @Test
    public void adoptsWhatTheZombieWroteBefore() {
        var zombie = givenOptedIn();
        var before = zombie.hold(given, 10);
        assertThat(Entity.recover(two, pid).heldIds()).containsExactly(before);
    }

    @Test
    public void ignoresAndDeletesWhatTheZombieWroteAfter() {
        var zombie = givenOptedIn();
        var before = zombie.hold(given, 10);
        var successor = Entity.recover(two, pid);
        successor.saveAgain();
        isSuperseded(() -> zombie.hold(given, 10));
        var after = successor.hold(given, 10);

        assertThat(Entity.recover(two, pid).heldIds()).containsExactly(before, after);
        // One head, two envelopes; the ghost and the zombie's head go.
        var last = Entity.recover(two, pid);
        last.saveAgain();
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThat(two.count("SELECT count(*) FROM %ssubscriber WHERE pid = '" + pid + "'"))
                                .isEqualTo(3));
    }

    @Test
    public void keepsWhatTheZombieWouldHaveDeleted() {
        var zombie = givenOptedIn();
        var id = zombie.hold(given, 10);
        var successor = Entity.recover(two, pid);
        successor.saveAgain();
        isSuperseded(() -> zombie.persist(given.ended(id)));
        assertThat(Entity.recover(two, pid).heldIds()).containsExactly(id);
    }

    @Test
    public void keepsEverythingThatAZombieWouldHaveErased() {
        var zombie = givenOptedIn();
        var id = zombie.hold(given, 10);
        var successor = Entity.recover(two, pid);
        successor.saveAgain();
        isSuperseded(() -> zombie.persist(new SubscriberEvent.OptedOut()));
        assertThat(Entity.recover(two, pid).heldIds()).containsExactly(id);
    }

    @Test
    public void neverRevivesWhoOptedOutElsewhere() {
        var zombie = givenOptedIn();
        zombie.hold(given, 10);
        var successor = Entity.recover(two, pid);
        successor.persist(new SubscriberEvent.OptedOut());
        isSuperseded(() -> zombie.hold(given, 10));
        assertThat(Entity.recover(two, pid).state.consent()).isEmpty();

        // Nor does it after its node forgot that it is a zombie.
        one.store.released(pid);
        isSuperseded(() -> zombie.hold(given, 10));
        assertThat(Entity.recover(two, pid).state.consent()).isEmpty();
    }

    @Test
    public void letsOnlyOneOfTwoBeginALife() {
        var left = Entity.recover(one, pid);
        var right = Entity.recover(two, pid);
        left.persist(given.optedIn());
        isSuperseded(() -> right.persist(given.optedIn()));
        assertThat(Entity.recover(two, pid).state.consent()).isEqualTo(left.state.consent());
    }

    @Test
    public void letsAnOptInThatWasNeverSavedReachNoLaterLife() {
        try (var ahead = Node.open(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1)))) {
            var zombie = Entity.recover(ahead, pid);
            zombie.accept(given.optedIn());
            assertThat(Entity.recover(one, pid).state.consent()).isEmpty();
            isSuperseded(zombie::save);
        }
        // What the zombie wrote lies above all clocks here, and the next life ends unsaved as well.
        Entity.recover(one, pid).accept(given.optedIn());
        assertThat(Entity.recover(two, pid).state.consent()).isEmpty();

        var last = givenOptedIn();
        assertThat(Entity.recover(two, pid).state.consent()).isEqualTo(last.state.consent());
    }

    @Test
    public void deletesWhatAZombieLeftOfALifeBeforeThisOne() {
        var zombie = Entity.recover(one, pid);
        zombie.accept(given.optedIn());
        var successor = Entity.recover(two, pid);
        isSuperseded(zombie::save);
        successor.persist(given.optedIn());

        assertThat(Entity.recover(two, pid).state.consent()).isEqualTo(successor.state.consent());
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThat(two.count("SELECT count(*) FROM %ssubscriber WHERE pid = '" + pid + "'"))
                                .isEqualTo(1));
    }

    @Test
    public void finishesAnErasureThatACrashInterrupted() {
        var entity = givenOptedIn();
        entity.hold(given, 10);
        var claim = one.store.claim(pid).orElseThrow();
        entity.accept(new SubscriberEvent.OptedOut());
        Node.await(
                one.database.write(List.of(one.store.planner().erasure(pid, claim, entity.sequence, Instant.now()))));

        assertThat(Entity.recover(two, pid).state.consent()).isEmpty();
        assertThat(two.count("SELECT count(*) FROM %ssubscriber WHERE pid = '" + pid + "'"))
                .isZero();
        assertThat(two.count("SELECT count(*) FROM %sincarnation WHERE pid = '" + pid + "'"))
                .isZero();
        assertThat(two.count("SELECT count(*) FROM %sdue WHERE pid = '" + pid + "' ALLOW FILTERING"))
                .isZero();
    }

    @Test
    public void refusesToBeginALifeThatADeletionAheadOfItsClockHides() {
        try (var ahead = Node.open(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1)))) {
            var entity = Entity.recover(ahead, pid);
            entity.persist(given.optedIn());
            entity.persist(new SubscriberEvent.OptedOut());
        }
        isSuperseded(() -> Entity.recover(one, pid).persist(given.optedIn()));
    }

    @Test
    public void storesItsHeadAtOnceWhenItPassesAnIncarnationThatNeverSaved() {
        var first = givenOptedIn();
        var id = first.hold(given, 10);
        var second = Entity.recover(two, pid);
        var third = Entity.recover(one, pid);
        isSuperseded(() -> second.persist(given.ended(id)));

        assertThat(third.heldIds()).containsExactly(id);
        assertThat(Entity.recover(two, pid).heldIds()).containsExactly(id);
    }

    private Entity givenOptedIn() {
        var entity = Entity.recover(one, pid);
        entity.persist(given.optedIn());
        return entity;
    }

    private static void isSuperseded(ThrowingCallable attempt) {
        assertThatThrownBy(attempt).hasCauseInstanceOf(SupersededException.class);
    }
}
