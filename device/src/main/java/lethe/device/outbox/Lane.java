package lethe.device.outbox;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import lethe.core.identity.MessageId;
import lethe.device.outbox.Entry.Phase;
import org.jspecify.annotations.Nullable;

/** The messages to one recipient that have not ended, oldest first. They are sent in this order. */
final class Lane {
    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
    private final NavigableSet<Long> waiting = new TreeSet<>();
    private int underWay;
    /** In a row. */
    int refusals;

    Instant pausedUntil = Instant.MIN;

    void add(Entry entry) {
        entries.put(entry.number, entry);
        if (entry.phase == Phase.WAITING) {
            waiting.add(entry.number);
        }
    }

    /** Takes note that an entry's phase has changed from the given one. */
    void moved(Entry entry, Phase from) {
        if (from == Phase.UNDER_WAY) {
            underWay--;
        } else if (from == Phase.WAITING) {
            waiting.remove(entry.number);
        }
        if (entry.phase == Phase.UNDER_WAY) {
            underWay++;
        } else if (entry.phase == Phase.WAITING) {
            waiting.add(entry.number);
        } else if (!entry.isInLane()) {
            entries.remove(entry.number);
        }
    }

    /** The next to be sent; null if there is none. */
    @Nullable
    Entry next() {
        return waiting.isEmpty() ? null : entries.get(waiting.first());
    }

    /** The message that the recipient's actor must know before this one; null if there is none. */
    @Nullable
    MessageId before(Entry entry) {
        Map.Entry<Long, Entry> previous = entries.lowerEntry(entry.number);
        return previous == null ? null : previous.getValue().id();
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    int underWay() {
        return underWay;
    }

    boolean isPaused(Instant now) {
        return pausedUntil.isAfter(now);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
