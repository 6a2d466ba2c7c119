package lethe.loadtest.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import lethe.loadtest.history.HistoryEvent.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryRecorderTest {
    @TempDir
    Path directory;

    @Test
    void readsBackWhatWasRecorded() throws Exception {
        var file = directory.resolve("run/history.jsonl");
        var events = GoodHistory.draw(new Random(7));
        try (var recorder = new HistoryRecorder(file, () -> 0)) {
            events.forEach(event -> recorder.record(at -> event));
        }
        assertThat(HistoryRecorder.read(file)).isEqualTo(events);
        assertThat(Files.readAllLines(file)).hasSameSizeAs(events);
    }

    @Test
    void stampsByItsOwnClockFromTheBeginningOfTheRun() throws Exception {
        var clock = new AtomicLong(1_000);
        var file = directory.resolve("history.jsonl");
        try (var recorder = new HistoryRecorder(file, clock::get)) {
            clock.addAndGet(42);
            recorder.record(at -> new Fault(at, "killed"));
        }
        assertThat(HistoryRecorder.read(file)).containsExactly(new Fault(42, "killed"));
        assertThat(Files.readString(file)).contains("\"event\":\"fault\"").contains("\"nanos\":42");
    }
}
