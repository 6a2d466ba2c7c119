package lethe.core.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * How fast each of a few may go: so many a second in the long run, and so many at once. By the generic cell rate
 * algorithm (ITU-T I.371): of each, the time is kept at which it will have been idle long enough.
 *
 * <p>Remembers a bounded number. When it is full and none of them is idle, whoever comes closest to it is forgotten,
 * and begins anew. Not safe for use by many threads.
 */
public final class Paces {
    private static final int FIRST = 2;
    private static final long[] NONE = {};

    private final long interval;
    private final long tolerance;
    private final int most;

    /** Labels and times, one after the other. */
    private long[] entries = NONE;

    private int size;

    /**
     * Nobody is remembered.
     *
     * @param count steps, of whatever, at least 1
     * @param in this time
     * @param burst steps at once, at least 1
     * @param most to remember, at least 1
     */
    public Paces(int count, Duration in, int burst, int most) {
        if (count < 1 || burst < 1 || most < 1) {
            throw new IllegalArgumentException("a pace, its burst and its memory are at least 1");
        }
        this.interval = Math.max(1, in.toNanos() / 1_000 / count);
        this.tolerance = interval * (burst - 1L);
        this.most = most;
    }

    /**
     * Takes a step.
     *
     * @param label of whoever takes it
     * @return empty if it may, else when it may
     */
    public Optional<Duration> take(long label, Instant now) {
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        int at = find(label, micros);
        long idle = Math.max(entries[at + 1], micros);
        long wait = idle - micros - tolerance;
        if (wait > 0) {
            return Optional.of(Duration.of(wait, ChronoUnit.MICROS));
        }
        entries[at + 1] = idle + interval;
        return Optional.empty();
    }

    /** Forgets everybody. Right when all have been idle. */
    public void clear() {
        entries = NONE;
        size = 0;
    }

    private int find(long label, long now) {
        for (int at = 0; at < 2 * size; at += 2) {
            if (entries[at] == label) {
                return at;
            }
        }
        int at = place(now);
        entries[at] = label;
        entries[at + 1] = now;
        return at;
    }

    /** Of one that is idle, a new one, or that of the one who comes closest. */
    private int place(long now) {
        int first = 0;
        for (int at = 2; at < 2 * size; at += 2) {
            first = entries[at + 1] < entries[first + 1] ? at : first;
        }
        if (size > 0 && (entries[first + 1] <= now || size == most)) {
            return first;
        }
        if (2 * size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * Math.min(most, Math.max(FIRST, 2 * size)));
        }
        return 2 * size++;
    }
}
