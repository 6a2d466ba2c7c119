package lethe.broker.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.datastax.oss.driver.api.core.CqlSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import lethe.broker.TestNode;
import lethe.broker.subscriber.PrekeyCommand.Answer;
import lethe.broker.subscriber.SubscriberCommand.DeviceAnswer;
import lethe.broker.subscriber.SubscriberCommand.OfPrekeys;
import lethe.broker.subscriber.SubscriberCommand.OfSenders;
import lethe.broker.subscriber.SubscriberCommand.OptOut;
import lethe.core.account.Device;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.PrekeyBodies.BundledPrekey;
import lethe.core.protocol.PrekeyBodies.PrekeysLeft;
import lethe.core.protocol.ProblemType;
import lethe.persistence.audit.AuditedKind;
import lethe.persistence.local.SharedCassandra;
import lethe.persistence.row.RowKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prekeys on a real store: given to one asker each, whatever breaks, and gone when their owner goes. */
class PrekeysTest {
    private static final String KEYSPACE = SharedCassandra.freshKeyspace("prekeys");
    private static final int SUITE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path data;

    /** The label of somebody who asks. */
    private static final long STRANGER = 7;

    private @Nullable TestNode running;
    private final Person bob = new Person(this::node);
    private long nextId;

    @BeforeEach
    void start() {
        running = startNode();
    }

    @AfterEach
    void stop() {
        node().close();
    }

    private TestNode node() {
        return Objects.requireNonNull(running);
    }

    private static TestNode startNode() {
        return TestNode.start(KEYSPACE, data, Map.of());
    }

    private void crashAndStart() {
        node().crash();
        start();
    }

    private CompletableFuture<Answer> ask(
            TestNode at, Duration patience, Function<ActorRef<Answer>, PrekeyCommand> command) {
        return at.subscribers()
                .<Answer>ask(bob.id(), replyTo -> new OfPrekeys(command.apply(replyTo)), patience)
                .toCompletableFuture();
    }

    private Answer ask(Function<ActorRef<Answer>, PrekeyCommand> command) {
        return ask(node(), PATIENCE, command).join();
    }

    private CompletableFuture<Answer> askForOne(TestNode at, Duration patience) {
        return ask(at, patience, replyTo -> new PrekeyCommand.Ask(List.of(SUITE), null, STRANGER, true, replyTo));
    }

    private List<BundledPrekey> given() {
        return given(List.of(SUITE), true);
    }

    private List<BundledPrekey> given(List<Integer> suites, boolean oneTime) {
        return ((Answer.Given) ask(replyTo -> new PrekeyCommand.Ask(suites, null, STRANGER, oneTime, replyTo)))
                .bundle()
                .prekeys();
    }

    private Prekey key(int suite) {
        long id = nextId++;
        return new Prekey(suite, id, Opaque.wrap(("key " + id).getBytes(StandardCharsets.US_ASCII)));
    }

    private List<Prekey> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> key(SUITE)).toList();
    }

    private Answer publish(Device device, List<Prekey> oneTime, List<Prekey> lastResort) {
        return ask(replyTo -> new PrekeyCommand.Publish(device, new PrekeyBatch(oneTime, lastResort), replyTo));
    }

    private PrekeysLeft publish(List<Prekey> oneTime, List<Prekey> lastResort) {
        return ((Answer.Left) publish(bob.device(), oneTime, lastResort)).left();
    }

    private PrekeysLeft left() {
        return ((Answer.Left) ask(replyTo -> new PrekeyCommand.Count(bob.device(), replyTo))).left();
    }

    private ProblemType refusal(Answer answer) {
        return ((Answer.Refused) answer).problem().type();
    }

    private long rows() {
        return node().audit()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join()
                .count(AuditedKind.PREKEY)
                .rows();
    }

    @Test
    void givesEachOneTimePrekeyOnceThenTheLastResort() {
        bob.optsIn();
        List<Prekey> once = keys(3);
        Prekey last = key(SUITE);
        assertThat(publish(once, List.of(last)).oneTime()).isEqualTo(3);

        List<Prekey> got =
                IntStream.range(0, 3).mapToObj(i -> given().get(0).prekey()).toList();
        assertThat(got).isEqualTo(once);
        assertThat(given()).containsExactly(new BundledPrekey(bob.device().id(), true, last));
        assertThat(given()).containsExactly(new BundledPrekey(bob.device().id(), true, last));
        assertThat(left().oneTime()).isZero();
        assertThat(left().highest()).isEqualTo(3);
    }

    /** Over two thousand askings from two sides, while the device refills. */
    @Test
    void givesNoOneTimePrekeyTwiceToManyWhoAskAtOnce() {
        bob.optsIn();
        Prekey last = key(SUITE);
        publish(keys(100), List.of(last));
        Set<Long> given = new HashSet<>();
        int lastResorts = 0;
        int published = 100;
        for (int round = 0; round < 40; round++) {
            List<CompletableFuture<Answer>> asked = IntStream.range(0, 60)
                    .mapToObj(i -> askForOne(node(), PATIENCE))
                    .toList();
            for (CompletableFuture<Answer> answer : asked) {
                BundledPrekey one =
                        ((Answer.Given) answer.join()).bundle().prekeys().get(0);
                if (one.lastResort()) {
                    lastResorts++;
                } else {
                    assertThat(given.add(one.prekey().id())).isTrue();
                }
            }
            int more = 100 - left().oneTime();
            publish(keys(more), List.of());
            published += more;
        }

        assertThat(given.size() + lastResorts).isEqualTo(2_400);
        assertThat(given.size()).isGreaterThan(1_000);
        assertThat(left().oneTime()).isEqualTo(published - given.size());
    }

    /**
     * Two clusters that do not know of each other: the subscriber lives twice, and each life is fenced by the other.
     */
    @Test
    void givesNoOneTimePrekeyTwiceWhenItsOwnerLivesTwice() {
        bob.optsIn();
        publish(keys(100), List.of());
        List<Long> given = new ArrayList<>();
        try (TestNode other = startNode()) {
            for (int round = 0; round < 8; round++) {
                List<CompletableFuture<Answer>> asked = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    asked.add(askForOne(node(), Duration.ofSeconds(2)));
                    asked.add(askForOne(other, Duration.ofSeconds(2)));
                }
                // Who is fenced off does not answer.
                asked.forEach(answer -> answer.handle((good, failure) ->
                                good instanceof Answer.Given one ? one.bundle().prekeys() : List.<BundledPrekey>of())
                        .join()
                        .forEach(one -> given.add(one.prekey().id())));
            }
        }

        assertThat(given).doesNotHaveDuplicates().hasSizeGreaterThan(5);
    }

    @Test
    void givesNothingAgainThatWasGivenBeforeACrash() {
        bob.optsIn();
        publish(keys(10), List.of());
        Set<Long> given = ConcurrentHashMap.newKeySet();
        Set<Long> repeated = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < 3; round++) {
            assertThat(given.add(given().get(0).prekey().id())).isTrue();
            // This one's asker never hears of it, or does: the crash comes before, within or after the write.
            var unused = askForOne(node(), PATIENCE).thenAccept(answer -> {
                if (answer instanceof Answer.Given one) {
                    long id = one.bundle().prekeys().get(0).prekey().id();
                    if (!given.add(id)) {
                        repeated.add(id);
                    }
                }
            });
            crashAndStart();
        }
        assertThat(repeated).isEmpty();

        Set<Long> rest = new HashSet<>();
        for (List<BundledPrekey> next = given(); !next.isEmpty(); next = given()) {
            assertThat(rest.add(next.get(0).prekey().id())).isTrue();
        }
        assertThat(rest).doesNotContainAnyElementsOf(given);
        assertThat(rest.size() + given.size()).isBetween(7, 10);
    }

    @Test
    void deletesWhatWasGiven() {
        bob.optsIn();
        publish(keys(5), List.of());
        long before = rows();
        given();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(rows()).isEqualTo(before - 1));
    }

    @Test
    void isErasedWithItsOwnersConsent() {
        long before = rows();
        bob.optsIn();
        publish(keys(5), List.of(key(SUITE)));
        assertThat(rows()).isEqualTo(before + 6);
        TestProbe<DeviceAnswer> gone = TestProbe.create(node().system());
        bob.tell(new OptOut(bob.device(), gone.getRef()));
        gone.expectMessageClass(DeviceAnswer.Concluded.class, Duration.ofSeconds(20));

        assertThat(rows()).isEqualTo(before);
        assertThat(refusal(ask(replyTo -> new PrekeyCommand.Ask(List.of(SUITE), null, STRANGER, true, replyTo))))
                .isEqualTo(ProblemType.NOT_FOUND);
    }

    @Test
    void tellsADeviceOnceARefillThatFewAreLeft() {
        bob.optsIn();
        publish(keys(21), List.of());
        TestProbe<ToSession> phone = bob.connects();
        phone.expectMessageClass(ToSession.Drained.class);
        given();
        given();
        assertThat(phone.expectMessageClass(ToSession.PrekeysLow.class).left()).isEqualTo(19);
        given();

        publish(keys(2), List.of());
        given();
        assertThat(phone.expectMessageClass(ToSession.PrekeysLow.class).left()).isEqualTo(19);
    }

    @Test
    void tellsADeviceThatConnectsThatFewAreLeftIfItEverPublishedAny() {
        bob.optsIn();
        TestProbe<ToSession> first = bob.connects();
        first.expectMessageClass(ToSession.Drained.class);
        publish(keys(3), List.of());

        TestProbe<ToSession> second = bob.connects();
        assertThat(second.expectMessageClass(ToSession.PrekeysLow.class).left()).isEqualTo(3);
    }

    @Test
    void bringsNobodyToUseASuiteThatItLikesLess() {
        bob.optsIn();
        Prekey hybrid = key(2);
        Prekey lastHybrid = key(2);
        Prekey plain = key(1);
        publish(List.of(hybrid, plain), List.of(lastHybrid));

        assertThat(given(List.of(2, 1), true).get(0).prekey()).isEqualTo(hybrid);
        assertThat(given(List.of(2, 1), true).get(0).prekey()).isEqualTo(lastHybrid);
        assertThat(given(List.of(7, 1), true).get(0).prekey()).isEqualTo(plain);
        assertThat(given(List.of(7, 1), true)).isEmpty();
    }

    /** As when they were too old: the next asker gets the last resort, and the phone is told to publish others. */
    @Test
    void countsNoneThatTheStoreHasForgotten() {
        bob.optsIn();
        publish(keys(50), List.of());
        try (CqlSession cassandra = CqlSession.builder()
                .addContactPoint(SharedCassandra.get().address())
                .withLocalDatacenter("datacenter1")
                .build()) {
            cassandra.execute("DELETE FROM " + KEYSPACE + ".subscriber WHERE pid = 'Subscriber|"
                    + bob.id().toText() + "' AND kind = " + RowKind.PREKEY.code());
        }
        Prekey last = key(SUITE);
        publish(List.of(), List.of(last));
        TestProbe<ToSession> phone = bob.connects();
        phone.expectMessageClass(ToSession.Drained.class);

        assertThat(given()).containsExactly(new BundledPrekey(bob.device().id(), true, last));
        assertThat(phone.expectMessageClass(ToSession.PrekeysLow.class).left()).isZero();
        assertThat(left().oneTime()).isZero();
    }

    @Test
    void givesTheLastResortOnlyToWhoeverAskedTooOften() {
        bob.optsIn();
        Prekey last = key(SUITE);
        publish(keys(2), List.of(last));

        assertThat(given(List.of(SUITE), false))
                .containsExactly(new BundledPrekey(bob.device().id(), true, last));
        assertThat(left().oneTime()).isEqualTo(2);
    }

    @Test
    void takesNoBatchOfADeviceThatIsNotThere() {
        bob.optsIn();

        assertThat(refusal(publish(
                        new Device(
                                new DeviceId(Opaque.wrap(new byte[DeviceId.LENGTH])),
                                bob.device().key()),
                        keys(1),
                        List.of())))
                .isEqualTo(ProblemType.NOT_AUTHENTIC);
    }

    @Test
    void areNotGivenToWhomTheSubscriberHasBlocked() {
        bob.optsIn();
        publish(keys(1), List.of(key(SUITE)));
        node().subscribers()
                .<SenderCommand.Answer>ask(
                        bob.id(),
                        replyTo -> new OfSenders(bob.device(), new SenderCommand.Block(STRANGER, replyTo)),
                        PATIENCE)
                .toCompletableFuture()
                .join();

        assertThat(refusal(ask(replyTo -> new PrekeyCommand.Ask(List.of(SUITE), null, STRANGER, true, replyTo))))
                .isEqualTo(ProblemType.NOT_FOUND);
        assertThat(left().oneTime()).isEqualTo(1);
    }

    @Test
    void takesAllOfABatchOrNothing() {
        bob.optsIn();
        publish(keys(99), List.of());
        List<Prekey> more = keys(2);

        assertThat(refusal(publish(bob.device(), more, List.of()))).isEqualTo(ProblemType.PREKEYS_FULL);
        assertThat(left().oneTime()).isEqualTo(99);
        publish(more.subList(0, 1), List.of());
        assertThat(refusal(publish(bob.device(), List.of(), more.subList(0, 1))))
                .isEqualTo(ProblemType.PREKEY_IDS);
        assertThat(left().oneTime()).isEqualTo(100);
    }
}
