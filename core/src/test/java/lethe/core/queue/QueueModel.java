package lethe.core.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import lethe.core.protocol.ProblemType;

/** A delivery queue as one would write it without a thought for speed: one list, walked every time. */
final class QueueModel {
    private static final long RECOVERED = 0;

    private final Bounds bounds;
    private final List<Item> items = new ArrayList<>();

    static final class Item {
        final Waiting<String> waiting;
        final Instant since;
        final long sender;
        boolean stored;

        Item(Waiting<String> waiting, Instant since, long sender, boolean stored) {
            this.waiting = waiting;
            this.since = since;
            this.sender = sender;
            this.stored = stored;
        }

        long size() {
            return waiting.envelope().body().length();
        }

        Instant due() {
            return waiting.envelope().deadline();
        }

        boolean isFleeting(Duration briefest) {
            return Duration.between(since, waiting.envelope().expires()).compareTo(briefest) <= 0;
        }
    }

    QueueModel(Bounds bounds) {
        this.bounds = bounds;
    }

    Optional<ProblemType> objection(long size, long sender) {
        if (items.size() + 1 > bounds.messages() || bytes(any -> true) + size > bounds.bytes()) {
            return Optional.of(ProblemType.QUEUE_FULL);
        }
        boolean tooMany =
                count(item -> item.sender == sender) + 1 > Math.max(1, bounds.messages() / bounds.shareDivisor());
        boolean tooMuch = bytes(item -> item.sender == sender) + size > bounds.bytes() / bounds.shareDivisor();
        return tooMany || tooMuch ? Optional.of(ProblemType.SENDER_SHARE) : Optional.empty();
    }

    void admit(Waiting<String> waiting, Instant now, long sender) {
        items.add(new Item(waiting, now, sender, false));
    }

    void recover(Waiting<String> waiting, Instant now) {
        items.add(new Item(waiting, now, RECOVERED, true));
    }

    void remove(Waiting<String> waiting) {
        items.removeIf(item -> item.waiting == waiting);
    }

    List<Waiting<String>> toStore(Instant now, Duration holdWindow, Duration briefest) {
        return waiting(item -> !item.stored
                && !item.isFleeting(briefest)
                && Duration.between(item.since, now).compareTo(holdWindow) >= 0);
    }

    void stored(List<Waiting<String>> entries) {
        items.stream().filter(item -> entries.contains(item.waiting)).forEach(item -> item.stored = true);
    }

    List<Waiting<String>> due(Instant now) {
        return waiting(item -> !now.isBefore(item.due()));
    }

    Instant nextDue() {
        return items.stream().map(Item::due).min(Instant::compareTo).orElse(Instant.MAX);
    }

    /** Of those that will be stored. */
    Optional<Instant> holdEnds(Duration holdWindow, Duration briefest) {
        return items.stream()
                .filter(item -> !item.stored && !item.isFleeting(briefest))
                .map(item -> item.since.plus(holdWindow))
                .min(Instant::compareTo);
    }

    List<Item> items() {
        return items;
    }

    List<Waiting<String>> waiting(Predicate<Item> wanted) {
        return items.stream().filter(wanted).map(item -> item.waiting).toList();
    }

    long count(Predicate<Item> wanted) {
        return items.stream().filter(wanted).count();
    }

    long bytes(Predicate<Item> wanted) {
        return items.stream().filter(wanted).mapToLong(Item::size).sum();
    }
}
