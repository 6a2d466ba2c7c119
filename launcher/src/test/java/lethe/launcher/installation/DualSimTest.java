package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import lethe.client.http.Answer;
import lethe.core.consent.Scope;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.device.DeviceClient;
import lethe.device.DeviceEvent;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.http.Fleet;
import lethe.device.outbox.Terms;
import lethe.device.sim.Sim;
import lethe.device.sms.SmsResult;
import lethe.device.store.Durability;
import lethe.device.store.FileStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A phone with two SIMs, in one directory and one process, before a real broker. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class DualSimTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Fleet patience = Fleet.within(SOON);
    private final DeviceRuntime runtime = DeviceRuntime.ofThreads(4);
    private final List<DeviceEvent> homeHears = new CopyOnWriteArrayList<>();
    private final List<DeviceEvent> workHears = new CopyOnWriteArrayList<>();

    private DeviceSettings settings;

    @TempDir
    private Path phone;

    @BeforeEach
    void findTheBroker() {
        settings = DeviceSettings.of(SharedInstallation.get().address());
    }

    private DeviceClient line(int number, DeviceRuntime own, List<DeviceEvent> hears) {
        FileStore store = FileStore.open(FileStore.line(phone, number), Durability.PROCESS, own.random())
                .orElseThrow();
        return new DeviceClient(
                settings, own, store, (id, sms) -> CompletableFuture.completedFuture(SmsResult.FAILED), hears::add);
    }

    private static boolean sees(DeviceClient line, String imsi) throws Exception {
        Sim sim = new Sim(
                PlainIdentifier.of(PlainIdentifier.Kind.IMSI, imsi),
                PlainIdentifier.of(PlainIdentifier.Kind.IMEI, "490154203237518"));
        return line.sim(sim).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void optsIn(DeviceClient line) throws Exception {
        patience.await(line.optIn(patience.await(line.policy()), Set.of(Scope.IP)));
        line.connect();
    }

    private static void arrives(DeviceClient from, DeviceClient to, String text, List<DeviceEvent> hears) {
        Opaque body = Opaque.wrap(text.getBytes(StandardCharsets.UTF_8));
        var unused = from.send(to.address(), body, Terms.usual(), null);
        hear(
                hears,
                event -> event instanceof DeviceEvent.Received received
                        && received.body().equals(body));
    }

    private static void hear(List<DeviceEvent> hears, Predicate<DeviceEvent> wanted) {
        await().atMost(SOON).untilAsserted(() -> assertThat(hears).anyMatch(wanted));
    }

    @Test
    void hasTwoSubscribersOfWhomOnlyTheOneWithAnotherSimIsSwitchedOff() throws Exception {
        try (DeviceClient home = line(1, runtime, homeHears);
                DeviceClient work = line(2, runtime.apart(), workHears)) {
            assertThat(sees(home, "262011234567890")).isTrue();
            assertThat(sees(work, "262021234567890")).isTrue();
            optsIn(home);
            optsIn(work);
            assertThat(work.address()).isNotEqualTo(home.address());
            assertThat(work.device()).isNotEqualTo(home.device());
            arrives(home, work, "to work", workHears);
            arrives(work, home, "and home", homeHears);

            assertThat(sees(work, "262079876543210")).isFalse();

            hear(workHears, DeviceEvent.SimChanged.class::isInstance);
            hear(workHears, DeviceEvent.Erased.class::isInstance);
            assertThat(work.isOptedIn()).isFalse();
            assertThat(home.isOptedIn()).isTrue();
            arrives(home, home, "still at home", homeHears);
            assertThat(homeHears)
                    .noneMatch(event ->
                            event instanceof DeviceEvent.SimChanged || event instanceof DeviceEvent.Disconnected);
        }
    }

    @Test
    void opensBothAgainAsTheyWere() throws Exception {
        try (DeviceClient home = line(1, runtime, homeHears);
                DeviceClient work = line(2, runtime.apart(), workHears)) {
            optsIn(home);
            optsIn(work);
            assertThat(patience.await(work.devices().list())).hasSize(1);
        }
        try (DeviceClient home = line(1, runtime, homeHears);
                DeviceClient work = line(2, runtime.apart(), workHears)) {
            assertThat(work.connect()).isTrue();
            assertThat(home.connect()).isTrue();
            arrives(home, work, "after a restart", workHears);
            assertThat(work.devices().list().toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .isInstanceOf(Answer.Good.class);
        }
    }
}
