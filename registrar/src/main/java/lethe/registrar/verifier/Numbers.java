package lethe.registrar.verifier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;

/**
 * How often each number was asked about of late. It knows numbers by their marks only, under a key that is drawn at the
 * start and is nowhere but in memory. Not safe for use by many threads.
 */
final class Numbers {
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final Bounds bounds;
    private final NumberKey key;
    private final Map<Opaque, Past> past = new HashMap<>();
    private Instant nextSweep = Instant.EPOCH;

    Numbers(Bounds bounds, RandomGenerator random) {
        this.bounds = bounds;
        this.key = NumberKey.draw(random);
    }

    /** What stands for a number here. */
    Opaque mark(PlainIdentifier number) {
        return key.mark(number);
    }

    /** Whether there is room for a number that is not remembered yet. */
    boolean hasRoomFor(Opaque mark, Instant now) {
        if (!past.containsKey(mark) && past.size() >= bounds.numbers() && !now.isBefore(nextSweep)) {
            // Not for each of a flood: looking at all of them takes milliseconds.
            nextSweep = now.plus(SWEEP);
            past.values().removeIf(each -> each.isOver(now.minus(bounds.memory())));
        }
        return past.containsKey(mark) || past.size() < bounds.numbers();
    }

    /** How long until another session may be opened for it; empty if it may be now, and it then counts. */
    Optional<Duration> open(Opaque mark, Instant now) {
        Past of = past.computeIfAbsent(mark, first -> new Past());
        Instant oldest = now.minus(bounds.memory());
        while (!of.opened.isEmpty() && !of.opened.getFirst().isAfter(oldest)) {
            of.opened.removeFirst();
        }
        if (of.opened.size() >= bounds.sessionsOfANumber()) {
            return Optional.of(Duration.between(oldest, of.opened.getFirst()));
        }
        of.opened.addLast(now);
        return Optional.empty();
    }

    /** How long until the code may go to it (again); zero if it may now. */
    Duration untilCode(Opaque mark, Instant now) {
        Past of = past.get(mark);
        Duration left = of == null ? Duration.ZERO : Duration.between(now, of.nextCode);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** A code is on its way. */
    void sent(Opaque mark, Instant now) {
        past.computeIfAbsent(mark, first -> new Past()).nextCode = now.plus(bounds.betweenCodes());
    }

    /** It was not sent after all. */
    void notSent(Opaque mark) {
        past.computeIfAbsent(mark, first -> new Past()).nextCode = Instant.EPOCH;
    }

    private static final class Past {
        final Deque<Instant> opened = new ArrayDeque<>();
        Instant nextCode = Instant.EPOCH;

        boolean isOver(Instant oldest) {
            return (opened.isEmpty() || !opened.getLast().isAfter(oldest)) && nextCode.isBefore(oldest);
        }
    }
}
