package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import lethe.core.consent.Scope;
import lethe.core.identity.Opaque;
import lethe.core.receipt.ReceiptState;
import lethe.device.DeviceClient;
import lethe.device.DeviceEvent;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.http.Fleet;
import lethe.device.outbox.Outcome;
import lethe.device.outbox.Terms;
import lethe.device.sms.SmsResult;
import lethe.device.store.Identity;
import lethe.device.store.MemoryStore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody writes to an account with two devices, of which the sender knows nothing. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SeveralDevicesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Fleet patience = Fleet.within(PATIENCE);
    private final DeviceRuntime runtime = DeviceRuntime.ofThreads(2);
    private final DeviceSettings settings =
            DeviceSettings.of(SharedInstallation.get().address());

    @Test
    void bothGetEveryMessageInOrderAndTheSenderHearsOfEachOnce() throws Exception {
        Identity owner = Identity.draw(runtime.random());
        Identity second = Identity.draw(runtime.random()).linkedTo(owner.tag());
        Queue<DeviceEvent> phoneHears = new ConcurrentLinkedQueue<>();
        Queue<DeviceEvent> tabletHears = new ConcurrentLinkedQueue<>();
        Queue<DeviceEvent> senderHears = new ConcurrentLinkedQueue<>();
        try (DeviceClient phone = client(owner, phoneHears);
                DeviceClient tablet = client(second, tabletHears);
                DeviceClient sender = client(Identity.draw(runtime.random()), senderHears)) {
            optIn(phone);
            patience.await(phone.devices().add(second.listed()));
            optIn(tablet);
            optIn(sender);
            List.of(phone, tablet, sender).forEach(DeviceClient::connect);

            List<Opaque> bodies = List.of(body("one"), body("two"), body("three"));
            bodies.forEach(body -> {
                var unused = sender.send(sender.newId(), phone.address(), null, body, Terms.usual(), null);
            });

            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(received(phoneHears)).isEqualTo(bodies);
                assertThat(received(tabletHears)).isEqualTo(bodies);
                assertThat(ends(senderHears)).hasSize(3).containsOnly(new Outcome.Receipted(ReceiptState.DELIVERED));
            });
        }
    }

    private DeviceClient client(Identity identity, Queue<DeviceEvent> hears) {
        return new DeviceClient(
                settings,
                runtime,
                new MemoryStore(identity),
                (id, sms) -> CompletableFuture.completedFuture(SmsResult.FAILED),
                hears::add);
    }

    private void optIn(DeviceClient client) throws Exception {
        patience.await(client.optIn(patience.await(client.policy()), Set.of(Scope.IP)));
    }

    private static List<Opaque> received(Queue<DeviceEvent> events) {
        return events.stream()
                .filter(DeviceEvent.Received.class::isInstance)
                .map(event -> ((DeviceEvent.Received) event).body())
                .toList();
    }

    private static List<Outcome> ends(Queue<DeviceEvent> events) {
        return events.stream()
                .filter(DeviceEvent.Ended.class::isInstance)
                .map(event -> ((DeviceEvent.Ended) event).outcome())
                .toList();
    }

    private static Opaque body(String text) {
        return Opaque.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
