package lethe.loadtest.seizure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.device.DeviceEvent;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.http.Fleet;
import lethe.device.outbox.Terms;
import lethe.device.store.Identity;
import lethe.device.store.MemoryStore;
import lethe.loadtest.history.HistoryRecorder;
import lethe.loadtest.phone.Bell;
import lethe.loadtest.phone.Phone;

/** Pairs of phones, one of which writes marked letters to the other. They live in this process, which nobody seizes. */
final class Correspondence implements AutoCloseable {
    private static final Duration BOUND = Duration.ofMinutes(3);
    private static final Duration BACKOFF_FIRST = Duration.ofMillis(100);
    private static final Duration BACKOFF_LAST = Duration.ofSeconds(1);
    private static final int THREADS = 4;

    private final DeviceRuntime runtime = DeviceRuntime.ofThreads(THREADS);
    private final Bell bell = new Bell();
    private final HistoryRecorder history;
    private final List<Phone> senders = new ArrayList<>();
    private final List<Phone> recipients = new ArrayList<>();
    private final List<Identity> identities = new ArrayList<>();
    private final Map<MessageId, Sent> sent = new ConcurrentHashMap<>();
    private final Map<MessageId, Opaque> received = new ConcurrentHashMap<>();
    private final AtomicInteger arrivals = new AtomicInteger();

    private record Sent(Phone sender, Letter letter) {}

    /**
     * Nobody has opted in.
     *
     * @param historyFile written anew; not where it would be seized
     */
    Correspondence(URI broker, int pairs, Path historyFile) throws IOException {
        history = new HistoryRecorder(historyFile, System::nanoTime);
        DeviceSettings settings = DeviceSettings.of(broker).withBackoff(BACKOFF_FIRST, BACKOFF_LAST);
        for (int i = 0; i < pairs; i++) {
            senders.add(phone("sender-" + i, settings));
            Phone recipient = phone("recipient-" + i, settings);
            recipient.alsoTell(this::onRecipient);
            recipients.add(recipient);
        }
    }

    private Phone phone(String name, DeviceSettings settings) {
        Identity identity = Identity.draw(runtime.random());
        identities.add(identity);
        return new Phone(name, settings, runtime, new MemoryStore(identity), history, bell);
    }

    private void onRecipient(DeviceEvent event) {
        if (event instanceof DeviceEvent.Received message) {
            arrivals.incrementAndGet();
            received.put(message.id(), message.body());
        }
    }

    /** Everybody agrees to the policy and connects. */
    void begin() throws IOException, InterruptedException {
        Fleet.within(BOUND).ask(senders, Phone::optIn);
        Fleet.within(BOUND).ask(recipients, Phone::optIn);
        await("every phone is connected", () -> all().stream().allMatch(Phone::isConnected));
    }

    private List<Phone> all() {
        List<Phone> all = new ArrayList<>(senders);
        all.addAll(recipients);
        return all;
    }

    /** Recipients lose their network; what is sent then is held. */
    void sendHeld(int messages) throws IOException, InterruptedException {
        recipients.forEach(phone -> phone.disconnect().toCompletableFuture().join());
        send(messages);
        await(
                "the broker takes custody",
                () -> sent.entrySet().stream()
                        .allMatch(one -> one.getValue().sender().isHeld(one.getKey())));
    }

    /** Recipients come back and take what waits; what is sent then goes right through. All that was sent has ended. */
    void deliver(int live) throws IOException, InterruptedException {
        recipients.forEach(Phone::connect);
        await("every recipient has what waited", () -> recipients.stream().allMatch(Phone::isDrained));
        send(live);
        await(
                "every sender knows how its messages ended",
                () -> sent.entrySet().stream()
                        .allMatch(
                                one -> one.getValue().sender().end(one.getKey()).isPresent()));
        await("every recipient has its messages", () -> received.size() >= sent.size());
        verify();
    }

    private void send(int messages) throws IOException {
        for (int i = 0; i < messages; i++) {
            Phone sender = senders.get(i % senders.size());
            Letter letter = Letter.draw(runtime.random());
            MessageId id = sender.send(recipients.get(i % senders.size()), letter.body(), Terms.usual(), null)
                    .toCompletableFuture()
                    .join()
                    .orElseThrow(() -> new IOException("a phone did not take a message into custody"));
            sent.put(id, new Sent(sender, letter));
        }
    }

    private void verify() throws IOException {
        boolean equal = sent.entrySet().stream()
                .allMatch(one -> Objects.equals(
                        received.get(one.getKey()), one.getValue().letter().body()));
        if (!equal || arrivals.get() != sent.size()) {
            throw new IOException(arrivals.get() + " messages came for " + sent.size()
                    + (equal ? " that were sent" : " that were sent, and not all are equal"));
        }
    }

    private void await(String what, BooleanSupplier condition) throws IOException, InterruptedException {
        if (!bell.await(condition, BOUND)) {
            throw new IOException(what + ": not within " + BOUND.toSeconds() + " s");
        }
    }

    /** What must not be found. */
    List<Marker> markers() {
        List<Marker> markers = new ArrayList<>();
        sent.forEach((id, one) -> {
            markers.add(one.letter().content());
            markers.add(new Marker(MarkerKind.MESSAGE_ID, id.bytes()));
        });
        recipients.forEach(phone ->
                markers.add(new Marker(MarkerKind.RECIPIENT_TAG, phone.address().bytes())));
        senders.forEach(phone ->
                markers.add(new Marker(MarkerKind.SENDER_TAG, phone.address().bytes())));
        identities.forEach(identity ->
                markers.add(new Marker(MarkerKind.DEVICE, identity.device().bytes())));
        return markers;
    }

    /** Everybody leaves: phones that are closed say nothing more. */
    void leave() {
        all().forEach(Phone::close);
    }

    @Override
    public void close() throws IOException {
        leave();
        history.close();
    }
}
