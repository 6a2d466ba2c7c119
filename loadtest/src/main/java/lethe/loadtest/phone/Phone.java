package lethe.loadtest.phone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import lethe.client.http.Answer;
import lethe.core.consent.Scope;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;
import lethe.device.DeviceClient;
import lethe.device.DeviceEvent;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.Sending;
import lethe.device.outbox.Terms;
import lethe.device.sim.Sim;
import lethe.device.sms.SmsCopy;
import lethe.device.store.DeviceStore;
import lethe.loadtest.history.HistoryEvent;
import lethe.loadtest.history.HistoryRecorder;
import org.jspecify.annotations.Nullable;

/** One phone of a run: a device, a modem, and an application that records and remembers what it sees. */
public final class Phone implements AutoCloseable {
    private static final Set<Scope> SCOPES = Set.of(Scope.IP, Scope.SMS_DEVICE);

    private final String name;
    private final HistoryRecorder history;
    private final Bell bell;
    private final RecordingModem modem;
    private final DeviceClient client;
    private final List<String> texts = new ArrayList<>();
    private final Set<MessageId> held = ConcurrentHashMap.newKeySet();
    private final Map<MessageId, String> ends = new ConcurrentHashMap<>();
    private volatile Consumer<DeviceEvent> also = event -> {};
    private volatile boolean connected;
    private volatile boolean drained;
    private long number;

    /**
     * A phone that does nothing yet.
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
        this.name = name;
        this.history = history;
        this.bell = bell;
        this.modem = new RecordingModem(name, history);
        this.client = new DeviceClient(settings, runtime, store, modem, this::on);
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
                    client.connect();
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
        return client.connect();
    }

    /** Goes where there is no network. */
    public CompletionStage<Boolean> disconnect() {
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
     * @param sms needed exactly if the terms ask for a fallback by the device
     */
    public synchronized CompletionStage<Optional<MessageId>> send(
            Phone to, Opaque body, Terms terms, @Nullable SmsCopy sms) {
        // Under one lock: the device takes messages in the order of their numbers.
        long invoked = history.now();
        long mine = number++;
        return client.send(to.address(), body, terms, sms).thenApply(answer -> {
            if (!(answer instanceof Sending.Accepted accepted)) {
                return Optional.empty();
            }
            String id = accepted.id().toText();
            history.record(at -> new HistoryEvent.Sent(invoked, name, to.name(), id, mine, Body.digest(body)));
            return Optional.of(accepted.id());
        });
    }

    private void on(DeviceEvent event) {
        if (event instanceof DeviceEvent.Received received) {
            String id = received.id().toText();
            history.record(at -> new HistoryEvent.Delivered(at, name, id, Body.digest(received.body())));
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
            connected = true;
        } else if (event instanceof DeviceEvent.Drained) {
            drained = true;
        } else if (event instanceof DeviceEvent.Disconnected) {
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
