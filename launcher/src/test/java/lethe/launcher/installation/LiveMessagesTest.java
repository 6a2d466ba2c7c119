package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lethe.device.DeviceEvent;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.http.Fleet;
import lethe.device.outbox.Terms;
import lethe.device.store.Identity;
import lethe.device.store.MemoryStore;
import lethe.loadtest.history.HistoryChecker;
import lethe.loadtest.history.HistoryRecorder;
import lethe.loadtest.phone.Bell;
import lethe.loadtest.phone.Body;
import lethe.loadtest.phone.Phone;
import lethe.loadtest.process.ContentSearch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages between connected phones, and what a disk knows of them: nothing. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LiveMessagesTest {
    private static final int MESSAGES = Integer.getInteger("lethe.messages", 10_000);
    private static final int PAIRS = 8;
    private static final int UNDER_WAY = 8;
    private static final Duration BOUND = Duration.ofMinutes(3);

    private final Bell bell = new Bell();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @Test
    void leaveNoRowAndNoByteInCassandra() throws Exception {
        var marker = "live-marker-" + Long.toHexString(new java.security.SecureRandom().nextLong());
        var file = SharedInstallation.file("live.jsonl");
        try (var history = new HistoryRecorder(file, System::nanoTime)) {
            var phones = phones(history);
            var before = rows();
            exchange(phones, marker);
            assertThat(phones.stream().mapToInt(Phone::held).sum()).as("held").isZero();
            assertThat(rows()).isEqualTo(before);
            assertThat(filesWith(marker)).isEmpty();
            phones.forEach(Phone::close);
        }
        var verdict = HistoryChecker.check(HistoryRecorder.read(file));
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.delivered()).isEqualTo(MESSAGES);
    }

    /** What had to wait is sealed; and the search would find what is not. */
    @Test
    void leaveARowButNoContentWhenTheyHadToWait() throws Exception {
        var marker = "held-marker-" + Long.toHexString(new java.security.SecureRandom().nextLong());
        try (var history = new HistoryRecorder(SharedInstallation.file("held.jsonl"), System::nanoTime)) {
            var phones = phones(history);
            var sender = phones.get(0);
            var away = phones.get(1);
            var before = rows();
            away.disconnect().toCompletableFuture().get(10, TimeUnit.SECONDS);
            var id = sender.send(away, Body.of(marker), Terms.usual(), null)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS)
                    .orElseThrow();
            assertThat(bell.await(() -> sender.isHeld(id), BOUND)).isTrue();
            assertThat(rows().get("subscriber")).isGreaterThan(before.get("subscriber"));
            assertThat(filesWith(marker)).isEmpty();
            assertThat(filesWith("lethe")).isNotEmpty();
            away.connect();
            assertThat(bell.await(() -> sender.end(id).isPresent(), BOUND)).isTrue();
            phones.forEach(Phone::close);
        }
    }

    private void exchange(List<Phone> phones, String marker) throws InterruptedException {
        for (int i = 0; i < phones.size(); i += 2) {
            var from = phones.get(i);
            var to = phones.get(i + 1);
            from.alsoTell(event -> {
                if (event instanceof DeviceEvent.Ended) {
                    ended.incrementAndGet();
                    sendNext(from, to, marker);
                }
            });
            for (int first = 0; first < UNDER_WAY; first++) {
                sendNext(from, to, marker);
            }
        }
        assertThat(bell.await(() -> ended.get() == MESSAGES, BOUND))
                .as("%d of %d ended", ended.get(), MESSAGES)
                .isTrue();
    }

    private void sendNext(Phone from, Phone to, String marker) {
        int number = sent.getAndIncrement();
        if (number < MESSAGES) {
            var unused = from.send(to, Body.of(marker + " " + number), Terms.usual(), null);
        }
    }

    private List<Phone> phones(HistoryRecorder history) throws Exception {
        var runtime = DeviceRuntime.ofThreads(4);
        var settings = DeviceSettings.of(SharedInstallation.get().address());
        var phones = new ArrayList<Phone>();
        for (int i = 0; i < 2 * PAIRS; i++) {
            var store = new MemoryStore(Identity.draw(runtime.random()));
            phones.add(new Phone("phone-" + i, settings, runtime, store, history, bell));
        }
        Fleet.within(BOUND).ask(phones, Phone::optIn);
        assertThat(bell.await(() -> phones.stream().allMatch(Phone::isConnected), BOUND))
                .isTrue();
        return phones;
    }

    private static SortedMap<String, Long> rows() throws Exception {
        var rows = SharedInstallation.get().rows();
        rows.remove("due_progress");
        return rows;
    }

    private static List<Path> filesWith(String marker) throws Exception {
        return ContentSearch.find(
                SharedInstallation.get().cassandraDirectory(), marker.getBytes(StandardCharsets.UTF_8));
    }
}
