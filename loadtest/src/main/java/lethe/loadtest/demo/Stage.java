package lethe.loadtest.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import lethe.client.http.Answer;
import lethe.core.identity.MessageId;
import lethe.core.identity.PlainIdentifier;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.outbox.Terms;
import lethe.device.sms.SmsCopy;
import lethe.device.store.Identity;
import lethe.device.store.MemoryStore;
import lethe.loadtest.history.HistoryRecorder;
import lethe.loadtest.phone.Bell;
import lethe.loadtest.phone.Body;
import lethe.loadtest.phone.Phone;
import lethe.loadtest.process.ContentSearch;
import lethe.loadtest.process.Installation;

/** Where the story plays: the installation, four phones, and ways to look at what they did. */
final class Stage implements AutoCloseable {
    /** More than any step takes on a slow machine. */
    static final Duration BOUND = Duration.ofSeconds(45);

    private static final Duration BACKOFF_FIRST = Duration.ofMillis(200);
    private static final Duration BACKOFF_LAST = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final int THREADS = 4;
    private static final int MARKER_BYTES = 12;

    final Installation installation;
    final DeviceRuntime runtime = DeviceRuntime.ofThreads(THREADS);
    final DeviceSettings settings;
    final Phone a;
    final Phone b;
    final Phone c;
    final Phone d;

    /** In every text; a search of the disk looks for it. Random, so that nothing else on this disk has it. */
    final String marker;

    private final HistoryRecorder history;
    private final Bell bell = new Bell();

    Stage(Installation installation, HistoryRecorder history) {
        this.installation = installation;
        this.history = history;
        this.settings = DeviceSettings.of(installation.address()).withBackoff(BACKOFF_FIRST, BACKOFF_LAST);
        byte[] random = new byte[MARKER_BYTES];
        runtime.random().nextBytes(random);
        this.marker = "lethe-" + HexFormat.of().formatHex(random);
        this.a = phone("A");
        this.b = phone("B");
        this.c = phone("C");
        this.d = phone("D");
    }

    private Phone phone(String name) {
        return new Phone(name, settings, runtime, new MemoryStore(Identity.draw(runtime.random())), history, bell);
    }

    /** The texts of a chapter, each with the marker. */
    List<String> texts(String chapter, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            texts.add(chapter + " " + i + " of " + count + ", " + marker);
        }
        return texts;
    }

    /** Sends texts, one after the other. */
    List<MessageId> send(Phone from, Phone to, List<String> texts) throws Exception {
        List<MessageId> ids = new ArrayList<>();
        for (String text : texts) {
            ids.add(taken(from.send(to, Body.of(text), Terms.usual(), null)));
        }
        return ids;
    }

    /** Sends a text that shall become an SMS when IP has not delivered it by the deadline. */
    MessageId sendOrSms(Phone from, Phone to, String text, String number, Duration deadline) throws Exception {
        SmsCopy sms = new SmsCopy(PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, number), text);
        return taken(from.send(to, Body.of(text), Terms.smsAfter(deadline), sms));
    }

    private static MessageId taken(CompletionStage<Optional<MessageId>> sending) throws Exception {
        return get(sending).orElseThrow(() -> new NotVerified("the phone did not take a message into custody"));
    }

    /** Waits for what a phone has begun. */
    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(BOUND.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits for an answer that must be good. */
    static <T> T good(String what, CompletionStage<Answer<T>> stage) throws Exception {
        Answer<T> answer = get(stage);
        if (answer instanceof Answer.Good<T> good) {
            return good.value();
        }
        throw new NotVerified(what + ": " + answer);
    }

    /** Waits until a condition holds, and fails if it does not within the bound. */
    void await(String what, BooleanSupplier condition) throws Exception {
        verify(what + ", not within " + BOUND.toSeconds() + " s", bell.await(condition, BOUND));
    }

    /** Waits until all these messages have ended, and verifies how. */
    void awaitEnd(Phone sender, List<MessageId> ids, String outcome) throws Exception {
        await(
                sender + " hears how its messages ended",
                () -> ids.stream().allMatch(id -> sender.end(id).isPresent()));
        for (MessageId id : ids) {
            String end = sender.end(id).orElse("");
            verify("a message ended as " + end + " and not as " + outcome, end.equals(outcome));
        }
    }

    static void verify(String otherwise, boolean condition) throws NotVerified {
        if (!condition) {
            throw new NotVerified(otherwise);
        }
    }

    /** Rows that say something of a subscriber: how many Cassandra has now. */
    long rows() throws IOException {
        SortedMap<String, Long> rows = installation.rows();
        return rows.getOrDefault("subscriber", 0L)
                + rows.getOrDefault("due", 0L)
                + rows.getOrDefault("journal", 0L)
                + rows.getOrDefault("snapshot", 0L);
    }

    /** Waits until Cassandra has as many rows as it should. */
    long awaitRows(long expected) throws Exception {
        long deadline = System.nanoTime() + BOUND.toNanos();
        long rows = rows();
        while (rows != expected && System.nanoTime() < deadline) {
            bell.await(() -> false, LOOK_AGAIN);
            rows = rows();
        }
        verify("Cassandra has " + rows + " rows, and should have " + expected, rows == expected);
        return rows;
    }

    /** In how many files of Cassandra's directory, its commit log among them, the marker is. */
    int filesWithContent() throws IOException {
        return ContentSearch.find(installation.cassandraDirectory(), marker.getBytes(StandardCharsets.UTF_8))
                .size();
    }

    @Override
    public void close() {
        List.of(a, b, c, d).forEach(Phone::close);
    }
}
