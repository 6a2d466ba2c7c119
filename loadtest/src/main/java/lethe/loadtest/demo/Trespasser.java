package lethe.loadtest.demo;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.socket.BrokerSocket;
import lethe.device.store.Identity;
import lethe.wire.Frames;

/** A phone that skips its own rule: it connects, and proves who it is, without its owner having opted in. */
final class Trespasser {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Trespasser() {}

    /**
     * The close code with which the broker turned it away.
     *
     * @throws java.util.concurrent.TimeoutException if it did not
     */
    static int turnedAwayWith(DeviceSettings settings, DeviceRuntime runtime) throws Exception {
        Identity identity = Identity.draw(runtime.random());
        CompletableFuture<Integer> code = new CompletableFuture<>();
        CompletableFuture<BrokerSocket> opened = new CompletableFuture<>();
        var events = new BrokerSocket.Events() {
            @Override
            public void frame(ServerFrame frame) {
                if (frame instanceof ServerFrame.Challenge challenge) {
                    var unused = opened.thenAccept(socket -> socket.send(hello(settings, identity, challenge)));
                } else if (frame instanceof ServerFrame.Welcome) {
                    code.completeExceptionally(new NotVerified("the broker let a phone in that never opted in"));
                }
            }

            @Override
            public void closed(int with) {
                code.complete(with);
            }
        };
        opened.complete(BrokerSocket.open(runtime.http(), settings.broker(), settings.encoding(), PATIENCE, events));
        return code.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static byte[] hello(DeviceSettings settings, Identity identity, ServerFrame.Challenge challenge) {
        byte[] statement = ClientFrame.Hello.statement(challenge.nonce(), identity.tag(), identity.device());
        return Frames.encode(
                settings.encoding(),
                new ClientFrame.Hello(identity.tag(), identity.device(), 1, identity.sign(statement), 1, null));
    }
}
