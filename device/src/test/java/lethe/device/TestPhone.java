package lethe.device;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lethe.core.consent.Scope;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.device.outbox.Terms;
import lethe.device.sms.SmsCopy;
import lethe.device.sms.SmsPort;
import lethe.device.sms.SmsResult;
import lethe.device.store.Durability;
import lethe.device.store.FileStore;
import lethe.device.store.GivenConsent;
import lethe.wire.Encoding;
import org.jspecify.annotations.Nullable;

/** A phone with its files, its modem and its application, and a clock that is wound by hand. */
final class TestPhone implements AutoCloseable, DeviceListener, SmsPort {
    static final Opaque CANNOT_OPEN = Given.body("cannot be opened");
    static final Opaque THROWS_AT = Given.body("is thrown at");

    final HandAlarm clock;
    final FileStore store;
    final DeviceClient client;
    final List<MessageId> atModem = new ArrayList<>();
    private final BlockingQueue<DeviceEvent> events = new LinkedBlockingQueue<>();
    final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    private final ExecutorService executor = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task);
        thread.setUncaughtExceptionHandler((where, thrown) -> uncaught.add(thrown));
        return thread;
    });
    /** Whether application and modem throw at everything they are told from now on. */
    volatile boolean throwing;

    TestPhone(Path directory, ScriptedBroker broker, Encoding encoding, HandAlarm clock, boolean optedIn) {
        this.clock = clock;
        Random random = new Random(11);
        this.store = FileStore.open(directory, Durability.PROCESS, random).orElseThrow();
        if (optedIn) {
            store.agreed(new GivenConsent(1, Set.of(Scope.IP, Scope.SMS_DEVICE), Given.NOW));
        }
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(executor)
                .build();
        this.client = new DeviceClient(
                DeviceSettings.of(broker.uri()).with(encoding),
                new DeviceRuntime(executor, clock, http, clock, random),
                store,
                this,
                this);
    }

    @Override
    public void on(DeviceEvent event) {
        boolean throwing = this.throwing;
        events.add(event);
        throwIf(throwing);
    }

    @Override
    public boolean canOpen(Opaque body) {
        if (body.equals(THROWS_AT)) {
            throw new IllegalStateException("at " + body);
        }
        return !body.equals(CANNOT_OPEN);
    }

    private static void throwIf(boolean throwing) {
        if (throwing) {
            throw new IllegalStateException("a marker of content");
        }
    }

    @Override
    public synchronized CompletionStage<SmsResult> send(MessageId id, SmsCopy sms) {
        atModem.add(id);
        throwIf(throwing);
        return CompletableFuture.completedFuture(SmsResult.SENT);
    }

    MessageId sends(Tag to, String text) {
        return sends(to, text, Terms.usual(), null);
    }

    MessageId sends(Tag to, String text, Terms terms, @Nullable SmsCopy sms) {
        Sending answer = client.send(to, Given.body(text), terms, sms)
                .toCompletableFuture()
                .join();
        return ((Sending.Accepted) answer).id();
    }

    /** The next event of this kind; others before it are skipped. */
    <T extends DeviceEvent> T next(Class<T> kind) {
        try {
            DeviceEvent event = events.poll(10, TimeUnit.SECONDS);
            while (event != null && !kind.isInstance(event)) {
                event = events.poll(10, TimeUnit.SECONDS);
            }
            if (event == null) {
                throw new AssertionError("the phone tells no " + kind.getSimpleName());
            }
            return kind.cast(event);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets time pass until the client finds out that its session is gone. */
    DeviceEvent.Disconnected disconnected() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            DeviceEvent event = events.poll(20, TimeUnit.MILLISECONDS);
            if (event instanceof DeviceEvent.Disconnected disconnected) {
                return disconnected;
            }
            if (event == null) {
                clock.advance(Duration.ofMillis(100));
            }
        }
        throw new AssertionError("the phone does not find out");
    }

    /** What was told and not asked for yet. */
    List<DeviceEvent> told() {
        List<DeviceEvent> all = new ArrayList<>();
        events.drainTo(all);
        return all;
    }

    /** Waits until the client has done everything that was asked of it so far. */
    void settle() {
        client.unresolved().toCompletableFuture().join();
        client.unresolved().toCompletableFuture().join();
    }

    /** Time passes for this phone, in steps so that it can act in between. */
    void waits(Duration time) {
        Duration step = Duration.ofMillis(500);
        for (Duration left = time; !left.isNegative() && !left.isZero(); left = left.minus(step)) {
            clock.advance(left.compareTo(step) < 0 ? left : step);
            settle();
        }
    }

    /** As kill -9 does: no word to the broker, nothing written. */
    void dies() {
        store.close();
        executor.shutdownNow();
    }

    @Override
    public void close() {
        client.close();
        executor.shutdownNow();
    }
}
