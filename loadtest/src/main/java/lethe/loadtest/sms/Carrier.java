package lethe.loadtest.sms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import lethe.loadtest.history.HistoryEvent;
import lethe.loadtest.history.HistoryRecorder;
import org.jspecify.annotations.Nullable;

/**
 * The carrier behind a centre: puts into the history what came, and brings each SMS of which all parts came to its
 * recipient. For one thread at a time.
 */
final class Carrier {
    /** The id of what nobody has written: the checker finds it. */
    private static final String NOBODYS = "nobody's";

    private final CentreLog log;
    private final Function<String, @Nullable Posted> byNumber;
    private final HistoryRecorder history;
    private final Clock clock;
    private final Map<String, TreeMap<Integer, String>> parts = new HashMap<>();
    private final AtomicInteger misworded = new AtomicInteger();

    /** @param byNumber which letter goes to a number as an SMS; null for none */
    Carrier(CentreLog log, Function<String, @Nullable Posted> byNumber, HistoryRecorder history, Clock clock) {
        this.log = log;
        this.byNumber = byNumber;
        this.history = history;
        this.clock = clock;
    }

    /** Takes what has come since the last time. */
    void look() {
        try {
            log.more().forEach(this::take);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void take(CentreLog.Line line) {
        Posted posted = byNumber.apply(line.number());
        String id = posted == null ? NOBODYS : posted.id().toText();
        long ago = Duration.between(line.at(), clock.instant()).toNanos();
        history.record(at -> new HistoryEvent.AtCentre(at - ago, id, line.part(), line.parts(), line.taken()));
        if (posted != null && line.taken()) {
            join(posted, line);
        }
    }

    private void join(Posted posted, CentreLog.Line line) {
        TreeMap<Integer, String> so = parts.computeIfAbsent(line.number(), number -> new TreeMap<>());
        so.put(line.part(), line.text());
        if (so.size() == line.parts()) {
            String text = String.join("", so.values());
            if (!posted.isSaidBy(text)) {
                misworded.incrementAndGet();
            }
            posted.recipient().accept(text);
        }
    }

    /** How many SMS said something else than they should. */
    int misworded() {
        return misworded.get();
    }
}
