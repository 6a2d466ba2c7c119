package lethe.persistence.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.cql.Row;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lethe.core.identity.MessageId;
import lethe.core.subscriber.SubscriberEvent;
import lethe.persistence.row.RowKind;
import lethe.persistence.seal.EpochKeys;
import lethe.persistence.seal.MovableClock;
import lethe.persistence.seal.Sealing;
import lethe.persistence.seal.TestSealing;
import org.junit.After;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** What waits can be read as long as it waits, and what does not can not, whatever the disk still has. */
public class ForgettingTest extends JUnitSuite {
    private static final Duration EPOCH = Duration.ofMinutes(5);

    private final MovableClock time = new MovableClock(Instant.now());
    private final EpochKeys keys = TestSealing.keys(EPOCH, time);
    private final Node node = Node.open(new Sealing(keys, TestSealing.installation()), Clock.systemUTC());
    private final Given given = new Given(System.nanoTime());
    private final String pid = given.persistenceId();

    @After
    public void close() {
        node.close();
    }

    @Test
    public void keepsWhatWaitsThroughManyEpochs() throws IOException {
        var entity = givenOptedIn(pid);
        var first = entity.hold(given, 300);
        for (var epoch = 0; epoch < 4; epoch++) {
            nextEpoch();
            entity.hold(given, 300);
            forgetAllButThePresent();
        }

        assertThat(Entity.recover(node, pid).heldIds()).hasSize(5).startsWith(first);
    }

    @Test
    public void keepsItThroughTheHandsOfManyIncarnations() throws IOException {
        var held = givenOptedIn(pid).hold(given, 300);
        for (var epoch = 0; epoch < 4; epoch++) {
            nextEpoch();
            Entity.recover(node, pid).saveAgain();
            forgetAllButThePresent();
        }

        assertThat(Entity.recover(node, pid).heldIds()).containsExactly(held);
    }

    /** All nodes went down for two epochs, without escrow. */
    @Test
    public void saysWhatIsLostAndDeletesIt() throws IOException {
        var lost = givenOptedIn(pid).hold(given, 300);
        nextEpoch();
        forgetAllButThePresent();

        var entity = Entity.recover(node, pid);
        assertThat(entity.heldIds()).isEmpty();
        assertThat(entity.state.lost()).containsExactly(lost);
        assertThat(node.losses.envelopes()).isEqualTo(1);
        entity.saveAgain();
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(rows(pid, RowKind.HELD)).isEmpty());
        assertThat(Entity.recover(node, pid).state.lost()).isEmpty();
        assertThat(node.losses.envelopes()).isEqualTo(1);
    }

    @Test
    public void takesTheSameMessageAgain() throws IOException {
        var first = givenOptedIn(pid);
        var row = first.next(given, 300);
        first.persist(new SubscriberEvent.Held(List.of(row)));
        nextEpoch();
        forgetAllButThePresent();
        var second = Entity.recover(node, pid);
        second.persist(new SubscriberEvent.Held(List.of(row)));

        assertThat(Entity.recover(node, pid).heldIds())
                .containsExactly(row.envelope().id());
    }

    /** Consents and receipts say no content, and must outlive the memory of all nodes. */
    @Test
    public void keepsConsentsAndReceiptsWithoutAnyEpochKey() throws IOException {
        var entity = givenOptedIn(pid);
        var ended = entity.hold(given, 300);
        entity.persist(given.ended(ended));
        nextEpoch();
        forgetAllButThePresent();

        var next = Entity.recover(node, pid);
        assertThat(next.state.consent()).isEqualTo(entity.state.consent());
        assertThat(next.state.receipt(ended)).isPresent();
    }

    @Test
    public void leavesNoKeysWhenNothingWaits() {
        var entity = givenOptedIn(pid);
        var held = entity.hold(given, 300);
        nextEpoch();
        entity.saveAgain();
        assertThat(rows(pid, RowKind.KEYS)).hasSize(1);
        entity.persist(given.ended(held));

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(rows(pid, RowKind.KEYS)).isEmpty());
    }

    @Test
    public void hasSomebodyLookBeforeTheKeysAreForgotten() {
        givenOptedIn(pid).hold(given, 10);

        var epochs = keys.epochs();
        var all = Node.await(
                node.due.scan(node.due.slice(pid), epochs.allRenewed(epochs.at(time.instant())), Integer.MAX_VALUE));
        assertThat(all).anyMatch(entry -> entry.persistenceId().equals(pid));
    }

    @Test
    public void losesATamperedMessageAndNoOther() {
        var entity = givenOptedIn(pid);
        var tampered = entity.hold(given, 300);
        var row = rows(pid, RowKind.HELD).get(0);
        var whole = entity.hold(given, 300);
        var payload = payload(row);
        payload.put(payload.limit() - 20, (byte) ~payload.get(payload.limit() - 20));
        overwrite(pid, RowKind.HELD, row, payload);

        assertLostAndHeld(tampered, whole);
    }

    @Test
    public void losesATruncatedMessageAndNoOther() {
        var entity = givenOptedIn(pid);
        var truncated = entity.hold(given, 300);
        var row = rows(pid, RowKind.HELD).get(0);
        var whole = entity.hold(given, 300);
        overwrite(pid, RowKind.HELD, row, payload(row).limit(10));

        assertLostAndHeld(truncated, whole);
    }

    @Test
    public void believesNoReceiptThatWasChanged() {
        var entity = givenOptedIn(pid);
        var ended = entity.hold(given, 300);
        entity.persist(given.ended(ended));
        var row = rows(pid, RowKind.RECEIPT).get(0);
        overwrite(pid, RowKind.RECEIPT, row, payload(row).limit(10));

        assertThat(Entity.recover(node, pid).state.receipt(ended)).isEmpty();
        assertThat(node.losses.receipts()).isEqualTo(1);
        assertThat(node.losses.envelopes()).isZero();
    }

    /** Somebody with the rights to write to Cassandra does not thereby read. */
    @Test
    public void givesNobodyTheContentOfAnother() {
        var mine = givenOptedIn(pid).hold(given, 300);
        var eve = given.persistenceId();
        givenOptedIn(eve).hold(given, 300);
        overwrite(
                eve,
                RowKind.HELD,
                rows(eve, RowKind.HELD).get(0),
                payload(rows(pid, RowKind.HELD).get(0)));

        var opened = Entity.recover(node, eve);
        assertThat(opened.heldIds()).isEmpty();
        assertThat(opened.state.lost()).hasSize(1).doesNotContain(mine);
    }

    private void assertLostAndHeld(MessageId lost, MessageId held) {
        var entity = Entity.recover(node, pid);
        assertThat(entity.state.lost()).containsExactly(lost);
        assertThat(entity.heldIds()).containsExactly(held);
    }

    private Entity givenOptedIn(String id) {
        var entity = Entity.recover(node, id);
        entity.persist(given.optedIn());
        return entity;
    }

    private void nextEpoch() {
        time.advance(EPOCH);
        try {
            keys.prepare();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private void forgetAllButThePresent() throws IOException {
        keys.forget(keys.current() - 1);
    }

    private List<Row> rows(String id, RowKind kind) {
        return Node.await(node.database
                .prepare("SELECT item, incarnation, payload FROM %ssubscriber WHERE pid = ? AND kind = ?")
                .thenCompose(query -> node.database.collect(query.bind(id, kind.code()))));
    }

    private static ByteBuffer payload(Row row) {
        var read = row.getByteBuffer("payload");
        return ByteBuffer.allocate(read.remaining()).put(read).flip();
    }

    private void overwrite(String id, RowKind kind, Row row, ByteBuffer payload) {
        Node.await(node.database
                .prepare("UPDATE %ssubscriber SET payload = ? WHERE pid = ? AND kind = ? AND item = ?"
                        + " AND incarnation = ?")
                .thenCompose(update -> node.database.execute(
                        update.bind(payload, id, kind.code(), row.getByteBuffer("item"), row.getLong("incarnation")))));
    }
}
