package lethe.loadtest.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

/** Where the story plays: the installation, its phones, and ways to look at what they did. */
final class Stage implements AutoCloseable {
    /** More than any step takes on a slow machine. */
    static final Duration BOUND = Duration.ofSeconds(45);

    private static final Duration BACKOFF_FIRST = Duration.ofMillis(200);
    private static final Duration BACKOFF_LAST = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    /** So many times in a row the same. */
    private static final int SETTLED = 4;

    private static final int THREADS = 4;
    private static final int MARKER_BYTES = 12;

    final Installation installation;
    final DeviceRuntime runtime = DeviceRuntime.ofThreads(THREADS);
    final DeviceSettings settings;
    final Phone a;
    final Phone b;
    final Phone c;
    final Phone d;

    /** Seals nothing: what it says is what a search has to find. */
    final Phone e;

    /** In every letter; a search of disk and memory looks for it. Random, so that nothing else there has it. */
    final String marker;

    /** The same in what E says. */
    final String markerInClear;

    private final Bell bell = new Bell();
    private final List<Phone> phones = new ArrayList<>();
    private final List<Phone> withPrekeys = new ArrayList<>();

    Stage(Installation installation, HistoryRecorder history) {
        this.installation = installation;
        this.settings = DeviceSettings.of(installation.address()).withBackoff(BACKOFF_FIRST, BACKOFF_LAST);
        this.marker = drawMarker();
        this.markerInClear = drawMarker();
        this.a = phone("A", Identity.draw(runtime.random()), history);
        this.b = phone("B", Identity.draw(runtime.random()), history);
        this.c = phone("C", Identity.draw(runtime.random()), history);
        this.d = phone("D", Identity.draw(runtime.random()), history);
        this.e = new Phone("E", settings, runtime, new MemoryStore(Identity.draw(runtime.random())), history, bell);
        phones.add(e);
    }

    private String drawMarker() {
        byte[] random = new byte[MARKER_BYTES];
        runtime.random().nextBytes(random);
        return "lethe-" + HexFormat.of().formatHex(random);
    }

    /** Another phone, which is closed with the rest. */
    final Phone phone(String name, Identity identity, HistoryRecorder into) {
        Phone phone = Phone.sealing(name, settings, runtime, new MemoryStore(identity), into, bell);
        phones.add(phone);
        return phone;
    }

    /**
     * A phone's owner opts in. Waits until others can seal for it.
     *
     * @return the policy epoch
     */
    long join(Phone phone) throws Exception {
        long epoch = good(phone + " opts in", phone.optIn()).epoch();
        await(phone + " connects", phone::isConnected);
        if (phone != e) {
            verify(phone + " left no prekeys", phone.awaitPrekeys(BOUND));
            withPrekeys.add(phone);
        }
        return epoch;
    }

    /** A phone's owner opts out. */
    void leave(Phone phone) throws Exception {
        good(phone + " opts out", phone.optOut());
        withPrekeys.remove(phone);
    }

    /** How many one-time prekeys the broker has of a phone. */
    static int prekeys(Phone phone) throws Exception {
        return good("the broker counts prekeys of " + phone, phone.prekeysLeft())
                .oneTime();
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

    /** Rows that say something of a subscriber, but for one-time prekeys: how many Cassandra has now. */
    long rows() throws Exception {
        SortedMap<String, Long> rows = installation.rows();
        long prekeys = 0;
        for (Phone phone : withPrekeys) {
            prekeys += prekeys(phone);
        }
        return rows.getOrDefault("subscriber", 0L)
                + rows.getOrDefault("due", 0L)
                + rows.getOrDefault("journal", 0L)
                + rows.getOrDefault("snapshot", 0L)
                - prekeys;
    }

    /** How many rows Cassandra has when nothing changes any more: some of what was stored last goes a moment later. */
    long settledRows() throws Exception {
        long deadline = System.nanoTime() + BOUND.toNanos();
        long rows = rows();
        int same = 1;
        while (same < SETTLED) {
            verify("Cassandra's rows do not settle", System.nanoTime() < deadline);
            bell.await(() -> false, LOOK_AGAIN);
            long now = rows();
            same = now == rows ? same + 1 : 1;
            rows = now;
        }
        return rows;
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

    /** In how many files of Cassandra's directory, its commit log among them, a marker is. */
    int filesWithContent() throws IOException {
        Path directory = installation.cassandraDirectory();
        return filesWith(marker, directory) + filesWith(markerInClear, directory);
    }

    /** In how many files of a directory a text is. */
    static int filesWith(String text, Path directory) throws IOException {
        return ContentSearch.find(directory, text.getBytes(StandardCharsets.UTF_8))
                .size();
    }

    @Override
    public void close() {
        phones.forEach(Phone::close);
    }
}
