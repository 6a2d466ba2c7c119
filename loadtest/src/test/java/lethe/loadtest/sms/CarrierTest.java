package lethe.loadtest.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lethe.core.fallback.Fallback;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.loadtest.history.HistoryEvent;
import lethe.loadtest.history.HistoryEvent.AtCentre;
import lethe.loadtest.history.HistoryRecorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock that numbers the history stands at five seconds, and so do the others. */
class CarrierTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-29T03:00:05Z"), ZoneOffset.UTC);
    private static final Letter LETTER = new Letter(40);

    @TempDir
    private Path directory;

    private final Map<String, Posted> posted = new TreeMap<>();
    private final List<String> arrived = new ArrayList<>();
    private long nanos;
    private HistoryRecorder history;
    private Carrier carrier;

    @BeforeEach
    void open() throws IOException {
        history = new HistoryRecorder(directory.resolve("history.jsonl"), () -> nanos);
        nanos = 5_000_000_000L;
        carrier = new Carrier(new CentreLog(directory.resolve("centre.jsonl")), posted::get, history, CLOCK);
    }

    @AfterEach
    void close() throws IOException {
        history.close();
    }

    @Test
    void tellsWhatCameAndWhenAndBringsItOnceItIsWhole() throws IOException {
        MessageId id = post(Fallback.GATEWAY);
        String text = LETTER.text();
        carrier.look();
        came(
                "{\"id\":\"\",\"number\":\"NUMBER\",\"text\":\"no\",\"part\":1,\"parts\":1,\"at\":\"2026-11-29T03:00:01Z\"}\n");
        came(line(2, text.substring(100) + " #tag", "2026-11-29T03:00:03Z").substring(0, 60));
        carrier.look();
        assertThat(arrived).isEmpty();

        came(line(2, text.substring(100) + " #tag", "2026-11-29T03:00:03Z").substring(60));
        came(line(1, text.substring(0, 100), "2026-11-29T03:00:02.500Z"));
        carrier.look();
        carrier.look();

        assertThat(arrived).containsExactly(text + " #tag");
        assertThat(carrier.misworded()).isZero();
        assertThat(events())
                .containsExactly(
                        new AtCentre(1_000_000_000L, id.toText(), 1, 1, false),
                        new AtCentre(3_000_000_000L, id.toText(), 2, 2, true),
                        new AtCentre(2_500_000_000L, id.toText(), 1, 2, true));
    }

    @Test
    void countsTextsThatSaySomethingElseAndNoticesThatSayTooMuch() throws IOException {
        post(Fallback.GATEWAY);
        came(whole("another letter"));
        carrier.look();
        assertThat(carrier.misworded()).isEqualTo(1);

        post(Fallback.NOTICE);
        came(whole("You have a new message."));
        carrier.look();
        assertThat(carrier.misworded()).isEqualTo(1);

        came(whole(LETTER.text()));
        carrier.look();
        assertThat(carrier.misworded()).isEqualTo(2);
    }

    @Test
    void tellsWhatNobodyWrote() throws IOException {
        came(whole("forged"));
        carrier.look();

        assertThat(events()).containsExactly(new AtCentre(3_000_000_000L, "nobody's", 1, 1, true));
        assertThat(arrived).isEmpty();
    }

    private MessageId post(Fallback mode) {
        MessageId id = new MessageId(Opaque.wrap(new byte[MessageId.LENGTH]));
        posted.put(LETTER.number(), new Posted(id, LETTER, mode, arrived::add));
        return id;
    }

    private static String whole(String text) {
        return line(1, text, "2026-11-29T03:00:03Z").replace("\"parts\":2", "\"parts\":1");
    }

    private static String line(int part, String text, String at) {
        return "{\"id\":\"1a\",\"number\":\"NUMBER\",\"text\":\"" + text + "\",\"part\":" + part
                + ",\"parts\":2,\"at\":\"" + at + "\"}\n";
    }

    private void came(String text) throws IOException {
        Files.writeString(
                directory.resolve("centre.jsonl"),
                text.replace("NUMBER", LETTER.number()),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private List<HistoryEvent> events() throws IOException {
        history.close();
        return HistoryRecorder.read(directory.resolve("history.jsonl"));
    }
}
