package lethe.persistence.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.prekey.PrekeyRef;
import lethe.core.subscriber.SubscriberEvent;
import lethe.persistence.row.RowKind;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** Prekeys lie in rows of their own, which nobody loads before somebody asks for one. */
public class PrekeyRowsTest extends JUnitSuite {

    private static final Duration SOON = Duration.ofSeconds(5);

    private static Node node;
    private final Given given = new Given(System.nanoTime());
    private final Random random = new Random(1);
    private final String pid = given.persistenceId();

    @BeforeClass
    public static void open() {
        node = Node.open();
    }

    @AfterClass
    public static void close() {
        node.close();
    }

    private Entity givenPrekeys(long from, int count) {
        var entity = Entity.recover(node, pid);
        entity.persist(given.optedIn());
        publish(entity, from, count);
        return entity;
    }

    private List<Prekey> publish(Entity entity, long from, int count) {
        var keys = LongStream.range(from, from + count)
                .mapToObj(id -> new Prekey(2, id, bytes(1_344)))
                .toList();
        entity.persist(new SubscriberEvent.PrekeysPublished(device(entity), new PrekeyBatch(keys, List.of())));
        return keys;
    }

    private Opaque bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }

    private static DeviceId device(Entity entity) {
        return entity.state.devices().get(0).id();
    }

    private static List<PrekeyRef> refs(Entity entity) {
        return entity.state.prekeys(device(entity)).refs(device(entity)).toList();
    }

    private static Map<PrekeyRef, Prekey> read(Entity entity, List<PrekeyRef> refs) {
        return Node.await(entity.node.store.prekeys(entity.pid, refs));
    }

    private static void take(Entity entity, PrekeyRef prekey) {
        entity.persist(new SubscriberEvent.PrekeysTaken(List.of(prekey)));
    }

    private long rows() {
        return node.count(
                "SELECT count(*) FROM %ssubscriber WHERE pid = '" + pid + "' AND kind = " + RowKind.PREKEY.code());
    }

    /** More than fit into one batch. */
    @Test
    public void givesBackWhatThisAndEarlierIncarnationsStored() {
        var first = givenPrekeys(0, 60);
        assertThat(rows()).isEqualTo(60);
        assertThat(read(first, refs(first))).hasSize(60);

        var second = Entity.recover(node, pid);
        var more = publish(second, 60, 40);
        assertThat(second.state.prekeys(device(second)).left()).isEqualTo(100);
        assertThat(read(second, refs(second))).hasSize(100).containsValue(more.get(0));
        assertThat(read(second, refs(second)).entrySet())
                .allSatisfy(entry -> assertThat(entry.getValue().id())
                        .isEqualTo(entry.getKey().id()));

        var third = Entity.recover(node, pid);
        assertThat(read(third, refs(third))).isEqualTo(read(second, refs(second)));
    }

    @Test
    public void deletesWhatIsTakenAndKnowsItAsTakenForEver() {
        var first = givenPrekeys(0, 3);
        var taken = refs(first).get(0);
        take(first, taken);

        await().atMost(SOON).untilAsserted(() -> assertThat(rows()).isEqualTo(2));
        assertThat(read(first, List.of(taken))).isEmpty();
        var second = Entity.recover(node, pid);
        assertThat(refs(second)).hasSize(2).noneMatch(ref -> ref.id() == taken.id());
        assertThat(second.state.prekeys(device(second)).highest()).isEqualTo(2);
    }

    /** The row may still be there: what counts is what the head says. */
    @Test
    public void knowsWhatIsTakenThoughACrashLeftTheRow() {
        var first = givenPrekeys(0, 2);
        try (var cut = Node.open()) {
            var second = Entity.recover(cut, pid);
            second.accept(new SubscriberEvent.PrekeysTaken(List.of(refs(second).get(0))));
            var claim = cut.store.claim(pid).orElseThrow();
            var plan = cut.store
                    .planner()
                    .plan(
                            pid,
                            claim,
                            second.sequence,
                            Instant.now(),
                            second.state,
                            second.state.head().orElseThrow());
            Node.await(cut.database.writeInChunks(plan.first()));
            Node.await(cut.database.write(plan.last()));
        }
        assertThat(rows()).isEqualTo(2);

        var third = Entity.recover(node, pid);
        assertThat(refs(third)).hasSize(1);
        third.saveAgain();
        await().atMost(SOON).untilAsserted(() -> assertThat(rows()).isEqualTo(1));
        assertThat(read(third, refs(third))).hasSize(1);
        assertThat(first.pid).isEqualTo(pid);
    }

    @Test
    public void leavesNothingAfterAnErasure() {
        var entity = givenPrekeys(0, 50);
        entity.persist(new SubscriberEvent.OptedOut());

        assertThat(node.count("SELECT count(*) FROM %ssubscriber WHERE pid = '" + pid + "'"))
                .isZero();
    }

    /** Its rows were written by an incarnation that is gone, and this one has read none of them. */
    @Test
    public void leavesNothingOfEarlierIncarnationsAfterAnErasure() {
        givenPrekeys(0, 5);
        var second = Entity.recover(node, pid);
        publish(second, 5, 5);
        Entity.recover(node, pid).persist(new SubscriberEvent.OptedOut());

        assertThat(rows()).isZero();
    }

    @Test
    public void leavesNothingOfADeviceThatIsRemoved() {
        givenPrekeys(0, 50);
        var second = Entity.recover(node, pid);
        var other = new Device(new DeviceId(bytes(DeviceId.LENGTH)), new DeviceKey(bytes(DeviceKey.LENGTH)));
        var account = second.state.account().orElseThrow();
        second.persist(new SubscriberEvent.DevicesListed(account.with(new DeviceList(2, List.of(other), bytes(64)))));

        await().atMost(SOON).untilAsserted(() -> assertThat(rows()).isZero());
        second.saveAgain();
        assertThat(Entity.recover(node, pid).state.head().orElseThrow().prekeys())
                .isEmpty();
    }

    @Test
    public void saysOfNobodyOnTheDiskWhoseTheyAre() {
        var entity = givenPrekeys(0, 1);
        var items = Node.await(node.database
                .prepare("SELECT item, payload FROM %ssubscriber WHERE pid = '" + pid + "' AND kind = "
                        + RowKind.PREKEY.code())
                .thenCompose(query -> node.database.collect(query.bind())));
        var item = Opaque.copyOf(items.get(0).getByteBuffer("item").array());
        var key = read(entity, refs(entity)).values().iterator().next();

        assertThat(item).isNotEqualTo(device(entity).bytes());
        assertThat(new String(items.get(0).getByteBuffer("payload").array(), StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(key.body().toBytes(), StandardCharsets.ISO_8859_1));
    }
}
