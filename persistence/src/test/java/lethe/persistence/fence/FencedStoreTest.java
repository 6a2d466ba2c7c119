package lethe.persistence.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import lethe.core.subscriber.SubscriberEvent;
import lethe.persistence.cassandra.Write;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** What one incarnation stores, the next one reads. */
public class FencedStoreTest extends JUnitSuite {

    private static final Duration SOON = Duration.ofSeconds(5);

    private static Node node;
    private final Given given = new Given(System.nanoTime());
    private final String pid = given.persistenceId();

    @BeforeClass
    public static void open() {
        node = Node.open();
    }

    @AfterClass
    public static void close() {
        node.close();
    }

    @Test
    public void storesNothingOfATagThatNobodyOptedInWith() {
        var absent = Entity.recover(node, pid);
        assertThat(absent.state.consent()).isEmpty();
        assertThat(node.count("SELECT count(*) FROM %sincarnation WHERE pid = '" + pid + "'"))
                .isZero();
        assertThat(node.store.claim(pid)).isEmpty();
    }

    @Test
    public void givesBackConsentDevicesEnvelopesAndReceipts() {
        var first = givenOptedIn();
        var delivered = first.hold(given, 300);
        first.hold(given, 300);
        first.hold(given, 40_000);
        first.persist(given.ended(delivered));

        var second = Entity.recover(node, pid);
        assertThat(second.state.consent()).isEqualTo(first.state.consent());
        assertThat(List.copyOf(second.state.devices())).isEqualTo(List.copyOf(first.state.devices()));
        assertThat(second.heldIds()).isEqualTo(first.heldIds()).hasSize(2);
        assertThat(second.state.held())
                .extracting(row -> row.envelope())
                .isEqualTo(
                        first.state.held().stream().map(row -> row.envelope()).toList());
        assertThat(List.copyOf(second.state.receipts())).isEqualTo(List.copyOf(first.state.receipts()));
        assertThat(second.sequence).isEqualTo(first.sequence);
        assertThat(second.state.incarnation()).isGreaterThan(first.state.incarnation());
    }

    @Test
    public void goesOnWhereTheIncarnationBeforeStopped() {
        var first = givenOptedIn();
        var kept = first.hold(given, 100);
        var ended = first.hold(given, 100);
        var second = Entity.recover(node, pid);
        second.persist(given.ended(ended));
        var added = second.hold(given, 100);
        var third = Entity.recover(node, pid);
        third.persist(new SubscriberEvent.Settled(List.of(ended)));

        var fourth = Entity.recover(node, pid);
        assertThat(fourth.heldIds()).containsExactly(kept, added);
        assertThat(fourth.state.receipts()).isEmpty();
    }

    @Test
    public void leavesNoRowOfWhatEndedAndSettled() {
        var entity = givenOptedIn();
        var id = entity.hold(given, 500);
        entity.persist(given.ended(id));
        entity.persist(new SubscriberEvent.Settled(List.of(id)));
        await().atMost(SOON).untilAsserted(() -> assertThat(rows()).isEqualTo(1));
        assertThat(dueRows()).isZero();
    }

    @Test
    public void hasOneDueEntryHoweverManyWait() {
        var entity = givenOptedIn();
        var ids = IntStream.range(0, 5).mapToObj(i -> entity.hold(given, 10)).toList();
        assertThat(dueRows()).isEqualTo(1);
        ids.subList(0, 4).forEach(id -> entity.persist(given.ended(id)));
        assertThat(dueRows()).isEqualTo(1);
        entity.persist(given.ended(ids.get(4)));
        await().atMost(SOON).untilAsserted(() -> assertThat(dueRows()).isZero());
    }

    @Test
    public void knowsItsDueEntryAgainAfterARecovery() {
        givenOptedIn().hold(given, 10);
        var second = Entity.recover(node, pid);
        second.hold(given, 10);
        assertThat(dueRows()).isEqualTo(1);
        second.persist(new SubscriberEvent.OptedOut());
        assertThat(dueRows()).isZero();
    }

    @Test
    public void replacesADueEntryByWhichItWasWoken() {
        var entity = givenOptedIn();
        entity.hold(given, 10);
        var at = node.store.claim(pid).orElseThrow().due().orElseThrow();
        entity.persist(new SubscriberEvent.Woken(at));
        assertThat(node.store.claim(pid).orElseThrow().due())
                .hasValueSatisfying(next -> assertThat(next).isAfter(at));
        await().atMost(SOON).untilAsserted(() -> assertThat(dueRows()).isEqualTo(1));
    }

    @Test
    public void erasesEverythingAndMayBeginAnew() {
        var entity = givenOptedIn();
        entity.hold(given, 500);
        entity.hold(given, 500);
        entity.persist(new SubscriberEvent.OptedOut());
        assertThat(rows()).isZero();
        assertThat(dueRows()).isZero();
        assertThat(node.count("SELECT count(*) FROM %sincarnation WHERE pid = '" + pid + "'"))
                .isZero();
        assertThat(node.store.claim(pid)).isEmpty();

        entity.persist(given.optedIn());
        var id = entity.hold(given, 10);
        assertThat(Entity.recover(node, pid).heldIds()).containsExactly(id);
    }

    /** The deletion of the one before was under way, or failed, and no head names that one any more. */
    @Test
    public void erasesADueEntryThatShouldHaveGone() {
        var entity = givenOptedIn();
        entity.hold(given, 10);
        var at = node.store.claim(pid).orElseThrow().due().orElseThrow();
        entity.accept(new SubscriberEvent.Woken(at));
        saveWithoutDeletions(entity);
        assertThat(dueRows()).isEqualTo(2);

        entity.persist(new SubscriberEvent.OptedOut());
        assertThat(dueRows()).isZero();
    }

    @Test
    public void knowsNothingOfAnEventThatNoSaveFollowed() {
        var first = givenOptedIn();
        var id = first.hold(given, 100);
        var saved = first.sequence;
        first.accept(given.ended(id));

        var second = Entity.recover(node, pid);
        assertThat(second.heldIds()).containsExactly(id);
        assertThat(second.state.receipts()).isEmpty();
        assertThat(second.sequence).isEqualTo(saved);
    }

    @Test
    public void storesNothingBeforeTheSave() {
        var entity = givenOptedIn();
        entity.accept(new SubscriberEvent.Held(List.of(entity.next(given, 100))));
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    public void beginsAnewAfterAnOptInWhoseSaveACrashPrevented() {
        Entity.recover(node, pid).accept(given.optedIn());
        var second = Entity.recover(node, pid);
        assertThat(second.state.consent()).isEmpty();
        assertThat(second.sequence).isZero();
        assertThat(node.count("SELECT count(*) FROM %sincarnation WHERE pid = '" + pid + "'"))
                .isZero();

        second.persist(given.optedIn());
        var id = second.hold(given, 10);
        assertThat(Entity.recover(node, pid).heldIds()).containsExactly(id);
    }

    @Test
    public void ignoresAndDeletesTheRowsOfASaveThatACrashInterrupted() {
        var first = givenOptedIn();
        var kept = first.hold(given, 10);
        writeRowsWithoutHead(first);
        var second = Entity.recover(node, pid);
        // Of an incarnation that has no head at all, and under the same sequence number.
        writeRowsWithoutHead(second);
        var third = Entity.recover(node, pid);
        assertThat(third.heldIds()).containsExactly(kept);
        var added = third.hold(given, 10);

        assertThat(third.sequence).isEqualTo(second.sequence).isEqualTo(first.sequence);
        assertThat(Entity.recover(node, pid).heldIds()).containsExactly(kept, added);
        await().atMost(SOON).untilAsserted(() -> assertThat(rows()).isEqualTo(3));
    }

    @Test
    public void erasesAndBeginsAnewInOneSave() {
        var entity = givenOptedIn();
        entity.hold(given, 500);
        entity.accept(new SubscriberEvent.OptedOut());
        entity.accept(given.optedIn());
        var row = entity.next(given, 10);
        entity.persist(new SubscriberEvent.Held(List.of(row)));

        var after = Entity.recover(node, pid);
        assertThat(after.state.consent()).isEqualTo(entity.state.consent());
        assertThat(after.heldIds()).containsExactly(row.envelope().id());
        assertThat(after.sequence).isEqualTo(entity.sequence);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    public void holdsManyLargeEnvelopesInOneSave() {
        var entity = givenOptedIn();
        var rows =
                IntStream.range(0, 60).mapToObj(i -> entity.next(given, 20_000)).toList();
        entity.persist(new SubscriberEvent.Held(rows));
        assertThat(Entity.recover(node, pid).heldIds())
                .isEqualTo(entity.heldIds())
                .hasSize(60);
    }

    @Test
    public void endsManyInOneSave() {
        var entity = givenOptedIn();
        var rows =
                IntStream.range(0, 1000).mapToObj(i -> entity.next(given, 10)).toList();
        entity.persist(new SubscriberEvent.Held(rows));
        entity.persist(new SubscriberEvent.Ended(
                rows.stream().map(row -> given.delivered(row.envelope().id())).toList()));
        var after = Entity.recover(node, pid);
        assertThat(after.heldIds()).isEmpty();
        assertThat(after.state.receipts()).hasSize(1000);
    }

    @Test
    public void costsTheSameHoweverLongTheQueueIs() {
        var entity = givenOptedIn();
        entity.hold(given, 200);
        var atFirst = oneMore(entity);
        var rows = IntStream.range(0, 500).mapToObj(i -> entity.next(given, 10)).toList();
        entity.persist(new SubscriberEvent.Held(rows));
        entity.hold(given, 200);
        var later = oneMore(entity);

        assertThat(later.first()).isEmpty();
        assertThat(later.due()).isEqualTo(atFirst.due()).isEmpty();
        assertThat(later.last()).hasSameSizeAs(atFirst.last()).hasSize(2);
        assertThat(later.after()).isEmpty();
        // A count of five hundred takes two bytes more than a count of two.
        assertThat(bytes(later)).isCloseTo(bytes(atFirst), within(4));
    }

    /** So many that they do not fit into one batch with their head. */
    private void writeRowsWithoutHead(Entity entity) {
        var rows =
                IntStream.range(0, 3).mapToObj(i -> entity.next(given, 20_000)).toList();
        entity.accept(new SubscriberEvent.Held(rows));
        var plan = plan(entity);
        assertThat(plan.first()).hasSize(3);
        Node.await(node.database.writeInChunks(plan.first()));
    }

    private void saveWithoutDeletions(Entity entity) {
        var plan = plan(entity);
        Node.await(node.due.add(plan.due(), 1));
        Node.await(node.database.writeInChunks(plan.last()));
        entity.state.saved();
    }

    private SavePlan plan(Entity entity) {
        return node.store
                .planner()
                .plan(
                        pid,
                        node.store.claim(pid).orElseThrow(),
                        entity.sequence,
                        Instant.now(),
                        entity.state,
                        entity.state.head().orElseThrow());
    }

    /** The plan to save one more envelope, which is then not saved. */
    private SavePlan oneMore(Entity entity) {
        var row = entity.next(given, 200);
        new SubscriberEvent.Held(List.of(row)).applyTo(entity.state);
        var plan = plan(entity);
        entity.state.saved();
        given.ended(row.envelope().id()).applyTo(entity.state);
        entity.state.saved();
        return plan;
    }

    private static int bytes(SavePlan plan) {
        return plan.last().stream().mapToInt(Write::bytes).sum();
    }

    private Entity givenOptedIn() {
        var entity = Entity.recover(node, pid);
        entity.persist(given.optedIn());
        return entity;
    }

    private long rows() {
        return node.count("SELECT count(*) FROM %ssubscriber WHERE pid = '" + pid + "'");
    }

    private long dueRows() {
        return node.count("SELECT count(*) FROM %sdue WHERE pid = '" + pid + "' ALLOW FILTERING");
    }
}
