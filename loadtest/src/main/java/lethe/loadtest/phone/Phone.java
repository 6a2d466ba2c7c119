package lethe.loadtest.phone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import lethe.client.http.Answer;
import lethe.core.account.Device;
import lethe.core.consent.Scope;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.PrekeyBodies.PrekeysLeft;
import lethe.device.Acquaintances;
import lethe.device.DeviceClient;
import lethe.device.DeviceEvent;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.Lethe;
import lethe.device.LetheEvent;
import lethe.device.Sending;
import lethe.device.letters.Notice;
import lethe.device.outbox.Terms;
import lethe.device.sim.Sim;
import lethe.device.sms.SmsArrival;
import lethe.device.sms.SmsCopy;
import lethe.device.store.DeviceStore;
import lethe.loadtest.history.HistoryEvent;
import lethe.loadtest.history.HistoryRecorder;
import lethe.seal.content.Content;
import org.jspecify.annotations.Nullable;

/**
 * One phone of a run: a device, a modem, and an application that records and remembers what it sees. It sends what it
 * is given as it is, or, if it seals, as the text of a letter: then ids are letters' ids.
 */
public final class Phone implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Set<Scope> SCOPES = Set.of(Scope.IP, Scope.SMS_DEVICE, Scope.SMS_GATEWAY);

    private final String name;
    private final HistoryRecorder history;
    private final Bell bell;
    private final RecordingModem modem;
    private final @Nullable Lethe lethe;
    private final DeviceClient client;
    private final List<String> texts = new ArrayList<>();
    private final List<LetheEvent.WrittenElsewhere> elsewhere = new CopyOnWriteArrayList<>();
    private final List<Notice> notices = new CopyOnWriteArrayList<>();
    private final Set<MessageId> held = ConcurrentHashMap.newKeySet();
    private final Map<MessageId, String> ends = new ConcurrentHashMap<>();
    private final Merging merging;
    private final int credit;
    private volatile Consumer<DeviceEvent> also = event -> {};
    private volatile boolean connected;
    private volatile boolean drained;
    private volatile boolean left = true;
    private volatile long withoutSession;
    private long number;

    /**
     * A phone that does nothing yet, and will seal nothing.
     *
     * @param name for the history
     */
    public Phone(
            String name,
            DeviceSettings settings,
            DeviceRuntime runtime,
            DeviceStore store,
            HistoryRecorder history,
            Bell bell) {
        this(name, settings, runtime, store, history, bell, false);
    }

    private Phone(
            String name,
            DeviceSettings settings,
            DeviceRuntime runtime,
            DeviceStore store,
            HistoryRecorder history,
            Bell bell,
            boolean seals) {
        this.name = name;
        this.history = history;
        this.bell = bell;
        this.modem = new RecordingModem(name, history);
        this.merging = new Merging(name, history);
        this.credit = settings.credit();
        if (seals) {
            Lethe opened = new Lethe(settings, runtime, store, modem, this::onLetter);
            this.lethe = opened;
            this.client = opened.client();
        } else {
            this.lethe = null;
            this.client = new DeviceClient(settings, runtime, store, modem, this::on);
        }
    }

    /**
     * A phone that does nothing yet, and will seal what it says for the recipient's phones, which have to do the same.
     *
     * @param name for the history
     */
    public static Phone sealing(
            String name,
            DeviceSettings settings,
            DeviceRuntime runtime,
            DeviceStore store,
            HistoryRecorder history,
            Bell bell) {
        return new Phone(name, settings, runtime, store, history, bell, true);
    }

    public String name() {
        return name;
    }

    public Tag address() {
        return client.address();
    }

    /** Also tells another of every event, on the device's own strand: for traffic that answers to events. */
    public void alsoTell(Consumer<DeviceEvent> listener) {
        also = listener;
    }

    /** Also tells another of every SMS that goes to the modem. */
    public void onSms(BiConsumer<MessageId, SmsCopy> listener) {
        modem.alsoTell(listener);
    }

    /** Whom it knows; only of a phone that seals. */
    public Acquaintances acquaintances() {
        if (lethe == null) {
            throw new IllegalStateException("a phone that seals nothing knows nobody");
        }
        return lethe.acquaintances();
    }

    /** What the broker has left of its prekeys: others can seal for it from the first one on. */
    public CompletionStage<Answer<PrekeysLeft>> prekeysLeft() {
        return client.prekeys().left();
    }

    /**
     * Waits until others can seal for it.
     *
     * @return false if they cannot within the bound
     */
    public boolean awaitPrekeys(Duration bound) throws InterruptedException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!hasPrekeys()) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            bell.await(() -> false, LOOK_AGAIN);
        }
        return true;
    }

    private boolean hasPrekeys() {
        return prekeysLeft().toCompletableFuture().join() instanceof Answer.Good<PrekeysLeft> good
                && good.value().oneTime() > 0;
    }

    /** Makes another phone a device of this one's account. */
    public CompletionStage<Answer<List<Device>>> add(Device device) {
        return client.devices().add(device);
    }

    /** Which SIM is in it: compared on the phone, and nowhere else. */
    public CompletionStage<Boolean> sim(Sim sim) {
        return client.sim(sim);
    }

    /** Reads the policy, agrees, and connects. */
    public CompletionStage<Answer<Bodies.ConsentOnFile>> optIn() {
        return client.policy().thenCompose(this::agree);
    }

    private CompletionStage<Answer<Bodies.ConsentOnFile>> agree(Answer<Bodies.PolicyInForce> policy) {
        if (policy instanceof Answer.Good<Bodies.PolicyInForce> good) {
            return client.optIn(good.value(), SCOPES).thenApply(answer -> {
                if (answer instanceof Answer.Good) {
                    history.record(at -> new HistoryEvent.OptedIn(at, name));
                    connect();
                }
                return answer;
            });
        }
        return CompletableFuture.completedFuture(
                policy instanceof Answer.Refused<Bodies.PolicyInForce> refused
                        ? new Answer.Refused<>(refused.problem())
                        : new Answer.Unreachable<>("no policy"));
    }

    /** Withdraws the consent. */
    public CompletionStage<Answer<Boolean>> optOut() {
        return client.optOut().thenApply(answer -> {
            if (answer instanceof Answer.Good) {
                history.record(at -> new HistoryEvent.OptedOut(at, name));
            }
            return answer;
        });
    }

    /** Connects. Refused by the device itself while its owner has not opted in. */
    public boolean connect() {
        if (left) {
            withoutSession = history.now();
            left = false;
        }
        return client.connect();
    }

    /** Goes where there is no network. */
    public CompletionStage<Boolean> disconnect() {
        left = true;
        return client.disconnect().whenComplete((done, failure) -> {
            connected = false;
            drained = false;
            bell.ring();
        });
    }

    public void networkIsBack() {
        client.networkIsBack();
    }

    /**
     * Sends; empty if the device did not take it.
     *
     * @param body a text, if this phone seals
     * @param sms needed exactly if the terms ask for a fallback by the device
     */
    public synchronized CompletionStage<Optional<MessageId>> send(
            Phone to, Opaque body, Terms terms, @Nullable SmsCopy sms) {
        // Under one lock: the device takes messages in the order of their numbers.
        long invoked = history.now();
        long mine = number++;
        return take(to.address(), body, terms, sms).thenApply(answer -> {
            if (!(answer instanceof Sending.Accepted accepted)) {
                return Optional.empty();
            }
            String id = accepted.id().toText();
            history.record(at -> new HistoryEvent.Sent(invoked, name, to.name(), id, mine, Body.digest(body)));
            return Optional.of(accepted.id());
        });
    }

    private CompletionStage<Sending> take(Tag to, Opaque body, Terms terms, @Nullable SmsCopy sms) {
        return lethe == null
                ? client.send(to, body, terms, sms)
                : lethe.write(to, new Content.Text(Body.text(body)), terms, sms);
    }

    private void onLetter(LetheEvent event) {
        if (event instanceof LetheEvent.Told told) {
            on(told.event());
        } else if (event instanceof LetheEvent.CameAsSms came) {
            onLetter(came.letter());
            merging.texted(came.letter().id());
        } else if (event instanceof LetheEvent.Received letter && letter.content() instanceof Content.Text text) {
            on(new DeviceEvent.Received(letter.id(), Body.of(text.body()), letter.again()));
        } else {
            if (event instanceof LetheEvent.WrittenElsewhere written) {
                elsewhere.add(written);
            } else if (event instanceof LetheEvent.Noticed noticed) {
                notices.add(noticed.notice());
            }
            bell.ring();
        }
    }

    private void on(DeviceEvent event) {
        if (event instanceof DeviceEvent.Received received) {
            String id = received.id().toText();
            history.record(at -> new HistoryEvent.Delivered(at, name, id, Body.digest(received.body())));
            merging.shown(received.id());
            synchronized (texts) {
                texts.add(Body.text(received.body()));
            }
        } else if (event instanceof DeviceEvent.Ended ended) {
            String id = ended.id().toText();
            String outcome = ended.outcome().word();
            history.record(at -> new HistoryEvent.Ended(at, name, id, outcome));
            ends.putIfAbsent(ended.id(), outcome);
        } else if (event instanceof DeviceEvent.Held custody) {
            history.record(at -> new HistoryEvent.Held(at, name, custody.id().toText()));
            held.add(custody.id());
        } else if (event instanceof DeviceEvent.Connected) {
            history.record(at -> new HistoryEvent.Session(at, name, withoutSession, credit));
            connected = true;
        } else if (event instanceof DeviceEvent.Drained) {
            drained = true;
        } else if (event instanceof DeviceEvent.Disconnected) {
            withoutSession = history.now();
            connected = false;
            drained = false;
        }
        also.accept(event);
        bell.ring();
    }

    public boolean isConnected() {
        return connected;
    }

    /** Whether everything that waited when it connected has come. */
    public boolean isDrained() {
        return drained;
    }

    /** The texts of what was received, in the order in which the application got them. */
    public List<String> texts() {
        synchronized (texts) {
            return List.copyOf(texts);
        }
    }

    /** What other devices of the account wrote. */
    public List<LetheEvent.WrittenElsewhere> writtenElsewhere() {
        return List.copyOf(elsewhere);
    }

    /** What it noticed of brokers, of accounts, and of what it could not open. */
    public List<Notice> notices() {
        return List.copyOf(notices);
    }

    /** Whether the broker has said that it has custody of a message. */
    public boolean isHeld(MessageId id) {
        return held.contains(id);
    }

    /** Of how many messages the broker has said that it has custody. */
    public int held() {
        return held.size();
    }

    /** How many messages are this phone's custody alone: neither ended nor held. */
    public CompletionStage<Integer> unresolved() {
        return client.unresolved();
    }

    /** The word for how a message ended; empty while it has not. */
    public Optional<String> end(MessageId id) {
        return Optional.ofNullable(ends.get(id));
    }

    /**
     * An SMS arrived that stands for a message to this phone. Whether the phone can tell, is the device's to say if it
     * seals; else the application goes by the text.
     *
     * @param from who sent it; null if a gateway did
     * @param shown whether the application shows the text in the message's place; a notice is none
     */
    public void smsArrived(MessageId id, @Nullable Phone from, String text, boolean shown) {
        if (lethe == null) {
            merging.texted(id);
        } else {
            var unused = lethe.smsArrived(from == null ? null : from.address(), text)
                    .thenAccept(arrival -> {
                        if (arrival == SmsArrival.DUPLICATE || (arrival == SmsArrival.FIRST && !shown)) {
                            merging.texted(id);
                        }
                    });
        }
    }

    /** What the modem got. */
    public List<SmsCopy> sms() {
        return modem.sent();
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
