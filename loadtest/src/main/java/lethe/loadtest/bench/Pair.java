package lethe.loadtest.bench;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.core.consent.Scope;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Bodies;
import lethe.device.DeviceClient;
import lethe.device.DeviceEvent;
import lethe.device.DeviceListener;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.http.Answer;
import lethe.device.outbox.Terms;
import lethe.device.sms.SmsResult;
import lethe.device.store.Identity;
import lethe.device.store.MemoryStore;

/** Two phones, one of which sends to the other: the next message as soon as the last was delivered. */
final class Pair implements AutoCloseable {
    private final Meter meter;
    private final Opaque body;
    private final DeviceClient sender;
    private final DeviceClient recipient;
    private volatile boolean senderConnected;
    private volatile boolean recipientConnected;
    private volatile boolean underWay;
    private volatile long sentAt;

    Pair(DeviceSettings settings, DeviceRuntime runtime, Meter meter, Opaque body) {
        this.meter = meter;
        this.body = body;
        this.sender = phone(settings, runtime, this::onSender);
        this.recipient = phone(settings, runtime, this::onRecipient);
    }

    private static DeviceClient phone(DeviceSettings settings, DeviceRuntime runtime, DeviceListener listener) {
        return new DeviceClient(
                settings,
                runtime,
                new MemoryStore(Identity.draw(runtime.random())),
                (id, sms) -> CompletableFuture.completedFuture(SmsResult.FAILED),
                listener);
    }

    /** Both opt in and connect. */
    CompletionStage<Answer<Bodies.ConsentOnFile>> optIn() {
        return optIn(sender).thenCompose(answer -> answer instanceof Answer.Good ? optIn(recipient) : done(answer));
    }

    private static CompletionStage<Answer<Bodies.ConsentOnFile>> optIn(DeviceClient phone) {
        return phone.policy().thenCompose(policy -> {
            if (!(policy instanceof Answer.Good<Bodies.PolicyInForce> good)) {
                return done(new Answer.Unreachable<>("no policy: " + policy));
            }
            return phone.optIn(good.value(), Set.of(Scope.IP)).thenApply(answer -> {
                phone.connect();
                return answer;
            });
        });
    }

    private static <T> CompletionStage<T> done(T answer) {
        return CompletableFuture.completedFuture(answer);
    }

    boolean isConnected() {
        return senderConnected && recipientConnected;
    }

    /** Whether the last message has ended, after the meter stopped. */
    boolean isIdle() {
        return !underWay;
    }

    /** Sends one message; then each delivered one sends the next, until the meter stops. */
    void send() {
        underWay = true;
        sentAt = System.nanoTime();
        var unused = sender.send(recipient.address(), body, Terms.usual(), null);
    }

    private void onSender(DeviceEvent event) {
        if (event instanceof DeviceEvent.Ended ended) {
            boolean more =
                    meter.ended(ended.outcome().word().equals("delivered"), (System.nanoTime() - sentAt) / 1_000);
            if (more) {
                send();
            } else {
                underWay = false;
            }
        } else if (event instanceof DeviceEvent.Connected) {
            senderConnected = true;
        }
    }

    private void onRecipient(DeviceEvent event) {
        if (event instanceof DeviceEvent.Connected) {
            recipientConnected = true;
        }
    }

    @Override
    public void close() {
        sender.close();
        recipient.close();
    }
}
