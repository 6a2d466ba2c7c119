package lethe.broker.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import lethe.broker.TestOperator;
import lethe.broker.session.Subscribers;
import lethe.broker.subscriber.SubscriberCommand.OptIn;
import lethe.broker.subscriber.SubscriberCommand.OptInAnswer;
import lethe.broker.telemetry.Exposition;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.consent.Consent;
import lethe.core.consent.Policy;
import lethe.core.identity.Tag;
import lethe.core.lookup.ListedTag;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.CloseReason;
import lethe.core.receipt.ReceiptState;
import lethe.core.subscriber.Applicant;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Many are switched off at once. In full size, 100,000 subscribers that are not in memory and 2,000 connected phones,
 * with {@code -Dlethe.long=true}.
 */
class PolicyScaleTest {
    private static final boolean FULL = Boolean.getBoolean("lethe.long");
    private static final int AWAY = FULL ? 100_000 : 1_000;
    private static final int CONNECTED = FULL ? 2_000 : 200;
    private static final String TEXT = "Still off.";
    private static final int AT_ONCE = 150;
    private static final int SAMPLE = 50;
    private static final byte[] MESSAGE = Payloads.encode(
            Encoding.JSON, new Bodies.Outgoing(null, null, null, null, null, null, TestEdge.random(16), null));

    private final TestOperator operator = new TestOperator();
    private TestEdge edge;

    @BeforeEach
    void start() throws Exception {
        edge = TestEdge.start("policy.key = \"" + operator.key().bytes().toText() + "\""
                + "\n subscriber.idle-after = 1 s"
                + "\n edge.connections { requests-per-second = 100000, request-burst = 100000 }"
                + "\n edge.http { requests-per-second = 100000, request-burst = 100000 }");
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    /**
     * Opt in by way of their actors, many at once.
     *
     * @param phone whose device is whose; who owns it makes no difference there
     */
    private void optIn(List<Tag> tags, IntFunction<TestPhone> phone) throws Exception {
        Semaphore free = new Semaphore(AT_ONCE);
        AtomicInteger on = new AtomicInteger();
        for (int i = 0; i < tags.size(); i++) {
            assertThat(free.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            var unused = optIn(tags.get(i), phone.apply(i).consent(1)).whenComplete((answer, failure) -> {
                if (answer instanceof OptInAnswer.OnFile) {
                    on.incrementAndGet();
                }
                free.release();
            });
        }
        await().atMost(Duration.ofMinutes(2)).until(() -> free.availablePermits() == AT_ONCE);
        assertThat(on).hasValue(tags.size());
    }

    private CompletionStage<OptInAnswer> optIn(Tag tag, Bodies.OptIn offer) {
        Consent consent = new Consent(
                offer.epoch(), offer.textHash(), offer.scopes(), offer.at(), offer.device(), offer.signature());
        Device device = new Device(offer.device(), offer.key());
        Bodies.AccountClaim claim = Objects.requireNonNull(offer.account());
        Account account = Account.of(claim.key(), claim.list());
        Applicant applicant = new Applicant(consent, device, account, Applicant.Proof.NOT_ASKED);
        Subscribers subscribers = edge.node().subscribers();
        return subscribers.ask(
                subscribers.id(tag),
                replyTo -> new OptIn(
                        applicant, ListedTag.of(tag), TestEdge.random(16), null, Applicant.Proof.NOT_ASKED, replyTo),
                Duration.ofMinutes(2));
    }

    private double present() {
        String text = edge.node().metrics().text(Exposition.TEXT);
        return Double.parseDouble(new Exposition(text).value("lethe_subscribers_in_memory"));
    }

    private static void agrees(TestPhone phone) throws Exception {
        byte[] consent = Payloads.encode(Encoding.JSON, phone.consent(Policy.of(2, TEXT)));
        assertThat(TestPhone.send(phone.put("/v1/self/consent", null, consent)).statusCode())
                .isEqualTo(200);
    }

    private static String sends(TestPhone from, Tag to) throws Exception {
        String path = "/v1/outbox/" + TestPhone.messageId().toText();
        return TestPhone.send(from.put(path, to, MESSAGE)).body();
    }

    @Test
    void switchesEverybodyOffWithoutWakingAnybody() throws Exception {
        List<Tag> away = Stream.generate(() -> new Tag(TestEdge.random(Tag.LENGTH)))
                .limit(AWAY)
                .toList();
        TestPhone sender = new TestPhone(edge);
        TestPhone owner = new TestPhone(edge);
        optIn(away, i -> owner);
        optIn(List.of(sender.tag), i -> sender);
        await().atMost(Duration.ofMinutes(3)).until(() -> present() < SAMPLE);

        assertThat(edge.node().raise(operator.policy(2, TEXT))).isEmpty();

        assertThat(present()).isLessThan(SAMPLE);
        agrees(sender);
        for (int i = 0; i < SAMPLE; i++) {
            assertThat(sends(sender, away.get(i * (AWAY / SAMPLE)))).contains(ReceiptState.REJECTED.word());
        }
    }

    @Test
    void closesAllSocketsWithinSeconds() throws Exception {
        List<TestPhone> phones = new ArrayList<>();
        for (int i = 0; i < CONNECTED; i++) {
            phones.add(new TestPhone(edge));
        }
        optIn(phones.stream().map(phone -> phone.tag).toList(), phones::get);
        List<TestSocket> sockets = new ArrayList<>();
        for (TestPhone phone : phones) {
            sockets.add(TestSocket.connect(edge, phone));
        }
        assertThat(edge.connections()).isGreaterThanOrEqualTo(CONNECTED);

        assertThat(edge.node().raise(operator.policy(2, TEXT))).isEmpty();

        for (TestSocket socket : sockets) {
            assertThat(socket.closeFrame().closeCode()).isEqualTo(CloseReason.NO_CONSENT.code());
            socket.close();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> edge.connections() < 10);
    }
}
