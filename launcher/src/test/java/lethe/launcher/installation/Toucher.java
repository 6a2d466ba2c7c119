package lethe.launcher.installation;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import lethe.client.http.Answer;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.device.DeviceClient;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.sms.SmsResult;
import lethe.device.socket.BrokerSocket;
import lethe.device.store.Identity;
import lethe.device.store.MemoryStore;
import lethe.wire.Encoding;
import lethe.wire.Frames;
import org.jspecify.annotations.NullMarked;

/** A phone that asks after messages to people who do not exist: each question wakes one subscriber. */
@NullMarked
final class Toucher implements AutoCloseable, BrokerSocket.Events {
    private static final int UNANSWERED = 128;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DeviceRuntime runtime = DeviceRuntime.ofThreads(2);
    private final Identity identity = Identity.draw(runtime.random());
    private final Semaphore turns = new Semaphore(UNANSWERED);
    private final CompletableFuture<BrokerSocket> socket = new CompletableFuture<>();
    private final CompletableFuture<Boolean> welcome = new CompletableFuture<>();
    private final DeviceClient client;

    private Toucher(URI broker) {
        client = new DeviceClient(
                DeviceSettings.of(broker),
                runtime,
                new MemoryStore(identity),
                (id, sms) -> CompletableFuture.completedFuture(SmsResult.FAILED),
                event -> {});
    }

    static Toucher connect(URI broker) throws Exception {
        Toucher toucher = new Toucher(broker);
        toucher.optIn();
        toucher.socket.complete(BrokerSocket.open(toucher.runtime.http(), broker, Encoding.CBOR, PATIENCE, toucher));
        toucher.welcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return toucher;
    }

    private void optIn() throws Exception {
        var policy = client.policy().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (policy instanceof Answer.Good<lethe.core.protocol.Bodies.PolicyInForce> good) {
            client.optIn(good.value(), java.util.Set.of(lethe.core.consent.Scope.IP))
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Asks so many subscribers, each once, and returns when all have answered. */
    void touch(int tags) throws Exception {
        for (int i = 0; i < tags; i++) {
            turn(1);
            send(new ClientFrame.Watch(new Tag(bytes(Tag.LENGTH)), List.of(new MessageId(bytes(MessageId.LENGTH)))));
        }
        turn(UNANSWERED);
        turns.release(UNANSWERED);
    }

    private void turn(int permits) throws Exception {
        if (!turns.tryAcquire(permits, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("the broker did not answer");
        }
    }

    private Opaque bytes(int length) {
        byte[] bytes = new byte[length];
        runtime.random().nextBytes(bytes);
        return Opaque.wrap(bytes);
    }

    private void send(ClientFrame frame) {
        socket.join().send(Frames.encode(Encoding.CBOR, frame));
    }

    @Override
    public void frame(ServerFrame frame) {
        var unused = socket.thenAccept(BrokerSocket::more);
        if (frame instanceof ServerFrame.Challenge challenge) {
            byte[] statement = ClientFrame.Hello.statement(challenge.nonce(), identity.tag(), identity.device());
            unused = socket.thenRun(() -> send(
                    new ClientFrame.Hello(identity.tag(), identity.device(), 1, identity.sign(statement), 1, null)));
        } else if (frame instanceof ServerFrame.Welcome) {
            welcome.complete(true);
        } else if (frame instanceof ServerFrame.Unknown) {
            turns.release();
        }
    }

    @Override
    public void closed(int code) {
        welcome.completeExceptionally(new IOException("closed with " + code));
    }

    /** Opts out too, so that nothing of this phone stays. */
    @Override
    public void close() throws Exception {
        socket.join().leave();
        client.optOut().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        client.close();
    }
}
