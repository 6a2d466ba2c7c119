package lethe.device;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lethe.client.http.Answer;
import lethe.client.sealing.GatewayOpeningKey;
import lethe.core.consent.Scope;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;
import lethe.device.inbox.InboxLimits;
import lethe.device.letters.Notice;
import lethe.device.outbox.OutboxLimits;
import lethe.device.outbox.Outcome;
import lethe.device.outbox.Terms;
import lethe.device.sms.SmsCopy;
import lethe.device.sms.SmsPort;
import lethe.device.sms.SmsResult;
import lethe.device.store.DeviceStore;
import lethe.device.store.Identity;
import lethe.seal.Opening;
import lethe.seal.content.Content;
import lethe.wire.Encoding;
import org.jspecify.annotations.Nullable;

/** Somebody's device with all that it was told. */
final class Person implements AutoCloseable, LetheListener, SmsPort {
    static final GatewayOpeningKey GATEWAY = GatewayOpeningKey.draw(new Random(7));

    final Identity identity;
    final Lethe lethe;
    final Queue<LetheEvent> heard = new ConcurrentLinkedQueue<>();
    final Queue<MessageId> atModem = new ConcurrentLinkedQueue<>();
    final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    private final DeviceStore store;
    private final ExecutorService executor = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "person");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((where, thrown) -> uncaught.add(thrown));
        return thread;
    });

    Person(LyingBroker broker, HandAlarm clock, DeviceStore store, Random random) {
        this.store = store;
        this.identity = store.identity();
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(executor)
                .build();
        // Time passes in leaps: no broker answers a ping within one.
        DeviceSettings settings = new DeviceSettings(
                broker.uri(),
                Encoding.CBOR,
                64,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                Duration.ofDays(30),
                OutboxLimits.usual(),
                InboxLimits.usual(),
                null,
                GATEWAY.gatewayKey());
        this.lethe = new Lethe(settings, new DeviceRuntime(executor, clock, http, clock, random), store, this, this);
    }

    void optsIn() {
        Answer<Bodies.PolicyInForce> policy =
                lethe.policy().toCompletableFuture().join();
        lethe.optIn(
                        ((Answer.Good<Bodies.PolicyInForce>) policy).value(),
                        Set.of(Scope.IP, Scope.SMS_DEVICE, Scope.SMS_GATEWAY))
                .toCompletableFuture()
                .join();
    }

    @Override
    public void on(LetheEvent event) {
        heard.add(event);
    }

    @Override
    public CompletionStage<SmsResult> send(MessageId id, SmsCopy sms) {
        atModem.add(id);
        return CompletableFuture.completedFuture(SmsResult.SENT);
    }

    Tag address() {
        return lethe.address();
    }

    DeviceId device() {
        return identity.device();
    }

    MessageId writes(Person to, String text) {
        return writes(to, text, Terms.usual());
    }

    MessageId writes(Person to, String text, Terms terms) {
        @Nullable SmsCopy sms = terms.deadline() == null ? null : Given.sms(text);
        Sending answer = lethe.write(to.address(), new Content.Text(text), terms, sms)
                .toCompletableFuture()
                .join();
        return ((Sending.Accepted) answer).id();
    }

    private <T> List<T> heard(Class<T> kind) {
        return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<LetheEvent.Received> letters() {
        return heard(LetheEvent.Received.class);
    }

    /** What was read, in that order. */
    List<String> texts() {
        return letters().stream()
                .map(letter -> ((Content.Text) letter.content()).body())
                .toList();
    }

    List<Instant> sentAt() {
        return letters().stream().map(LetheEvent.Received::sent).toList();
    }

    List<Notice> notices() {
        return heard(LetheEvent.Noticed.class).stream()
                .map(LetheEvent.Noticed::notice)
                .toList();
    }

    /** Why something could not be opened, each time. */
    List<Opening.Reason> unopenable() {
        return notices().stream()
                .filter(Notice.Unopenable.class::isInstance)
                .map(notice -> ((Notice.Unopenable) notice).reason())
                .toList();
    }

    private <T> List<T> told(Class<T> kind) {
        return heard(LetheEvent.Told.class).stream()
                .map(LetheEvent.Told::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    List<DeviceEvent.Disconnected> breaks() {
        return told(DeviceEvent.Disconnected.class);
    }

    List<DeviceEvent.Held> held() {
        return told(DeviceEvent.Held.class);
    }

    /** How a letter ended, each time that this was told. */
    List<Outcome> ends(MessageId letter) {
        return told(DeviceEvent.Ended.class).stream()
                .filter(ended -> ended.id().equals(letter))
                .map(DeviceEvent.Ended::outcome)
                .toList();
    }

    /** Has done all that was asked of it so far. */
    void settles() {
        lethe.client().unresolved().toCompletableFuture().join();
        lethe.client().unresolved().toCompletableFuture().join();
    }

    /** As kill -9 does: no word to the broker, nothing written. */
    void dies() {
        store.close();
        executor.shutdownNow();
    }

    @Override
    public void close() {
        lethe.close();
        executor.shutdown();
    }
}
