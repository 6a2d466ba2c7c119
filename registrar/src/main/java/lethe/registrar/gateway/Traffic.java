package lethe.registrar.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;

/**
 * What SMS may cost, and whether they look like those that somebody earns by. All of it is in memory and begins anew
 * with the process. Safe for use by many threads.
 */
final class Traffic {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int PERCENT = 100;
    private static final int MOST_SUBSCRIBERS = 1_000_000;
    private static final int MOST_HUNDREDS = 100_000;

    private final Costs costs;
    private final Suspicion suspicion;
    private final Marks marks;
    private final Budget all;
    private final Map<Opaque, Budget> subscribers = new HashMap<>();
    private final Map<String, Prefix> prefixes = new HashMap<>();
    private final Map<Opaque, Set<Opaque>> hundreds = new HashMap<>();
    private final Map<Objection, Long> counts = new EnumMap<>(Objection.class);
    private Instant hundredsBegun = Instant.EPOCH;

    /**
     * The operator's bounds.
     *
     * @param aDay of all SMS together
     * @param subscriberADay of one subscriber's
     */
    record Costs(long aDay, long subscriberADay) {}

    /** Why an SMS is not sent. Only the first is told: the others would tell something of the number. */
    enum Objection {
        SUBSCRIBER("over a subscriber's costs of the day"),
        DAY("over the costs of the day"),
        PREFIX_DAY("over a prefix's costs of the day"),
        PREFIX_RATE("over a prefix's rate"),
        NEIGHBOURS("to numbers in a row"),
        UNDELIVERED("to a prefix where too few arrive");

        private final String words;

        Objection(String words) {
            this.words = words;
        }
    }

    private static final class Prefix {
        final Budget minute;
        final Budget day;
        final Deque<Boolean> arrived = new ArrayDeque<>();
        int missed;
        Instant pausedUntil = Instant.EPOCH;

        Prefix(Route route) {
            this.minute = new Budget(route.aMinute(), MINUTE);
            this.day = new Budget(route.aDay(), DAY);
        }
    }

    Traffic(Costs costs, Suspicion suspicion, RandomGenerator random) {
        this.costs = costs;
        this.suspicion = suspicion;
        this.marks = new Marks(random);
        this.all = new Budget(costs.aDay(), DAY);
    }

    /** Why it may not be sent; empty if it may, and it then counts. */
    synchronized Optional<Objection> object(
            Opaque subscriber, Route route, PlainIdentifier number, int parts, Instant now) {
        Prefix prefix = prefixes.computeIfAbsent(route.prefix(), first -> new Prefix(route));
        Marks.Mark mark = marks.of(number);
        long cost = route.price() * parts;
        Optional<Objection> found = find(subscriber, prefix, mark, cost, now);
        if (found.isPresent()) {
            counts.merge(found.get(), 1L, Long::sum);
            return found;
        }
        all.use(cost);
        budget(subscriber, now).use(cost);
        prefix.day.use(cost);
        prefix.minute.use(1);
        hundreds.computeIfAbsent(mark.hundred(), first -> new HashSet<>()).add(mark.number());
        return found;
    }

    private Optional<Objection> find(Opaque subscriber, Prefix prefix, Marks.Mark mark, long cost, Instant now) {
        if (!budget(subscriber, now).has(cost, now)) {
            return Optional.of(Objection.SUBSCRIBER);
        }
        if (!all.has(cost, now)) {
            return Optional.of(Objection.DAY);
        }
        if (!prefix.day.has(cost, now)) {
            return Optional.of(Objection.PREFIX_DAY);
        }
        if (!prefix.minute.has(1, now)) {
            return Optional.of(Objection.PREFIX_RATE);
        }
        if (now.isBefore(prefix.pausedUntil)) {
            return Optional.of(Objection.UNDELIVERED);
        }
        return isOneTooMany(mark, now) ? Optional.of(Objection.NEIGHBOURS) : Optional.empty();
    }

    private Budget budget(Opaque subscriber, Instant now) {
        if (subscribers.size() >= MOST_SUBSCRIBERS && !subscribers.containsKey(subscriber)) {
            subscribers.values().removeIf(budget -> budget.isOver(now));
            if (subscribers.size() >= MOST_SUBSCRIBERS) {
                return new Budget(0, DAY);
            }
        }
        return subscribers.computeIfAbsent(subscriber, first -> new Budget(costs.subscriberADay(), DAY));
    }

    private boolean isOneTooMany(Marks.Mark mark, Instant now) {
        // With too many to remember it begins anew: whoever spreads that far is met by the other bounds.
        if (!now.isBefore(hundredsBegun.plus(suspicion.within())) || hundreds.size() >= MOST_HUNDREDS) {
            hundreds.clear();
            hundredsBegun = now;
        }
        Set<Opaque> known = hundreds.getOrDefault(mark.hundred(), Set.of());
        return !known.contains(mark.number()) && known.size() >= suspicion.neighbours();
    }

    /** How long until a subscriber may spend again. */
    synchronized Duration untilNextDay(Opaque subscriber, Instant now) {
        return budget(subscriber, now).left(now);
    }

    /** An SMS has ended: if too few of the latest arrived, the prefix is not served for a while. */
    synchronized void ended(Route route, boolean arrived, Instant now) {
        Prefix prefix = prefixes.computeIfAbsent(route.prefix(), first -> new Prefix(route));
        prefix.arrived.addLast(arrived);
        prefix.missed += arrived ? 0 : 1;
        if (prefix.arrived.size() > suspicion.of()) {
            prefix.missed -= prefix.arrived.removeFirst() ? 0 : 1;
        }
        boolean enough = prefix.arrived.size() == suspicion.of();
        if (enough && prefix.missed * PERCENT >= suspicion.undeliveredPercent() * suspicion.of()) {
            prefix.pausedUntil = now.plus(suspicion.pause());
            prefix.arrived.clear();
            prefix.missed = 0;
        }
    }

    /** How many were not sent since it was asked last, and why; empty if all were. */
    synchronized Optional<String> told() {
        String told = counts.entrySet().stream()
                .map(counted -> counted.getValue() + " " + counted.getKey().words)
                .collect(Collectors.joining(", "));
        counts.clear();
        return told.isEmpty() ? Optional.empty() : Optional.of(told);
    }
}
