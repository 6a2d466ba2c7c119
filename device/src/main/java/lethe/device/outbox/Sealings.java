package lethe.device.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Which letters still need envelopes, in the order in which they were accepted: one is sealed at a time for each
 * recipient, so that what a device gets later is not sealed sooner.
 */
final class Sealings {
    /**
     * A letter that needs envelopes.
     *
     * @param devices for which; empty for whichever the recipient has
     * @param attempt 0, or 1 after a device could not open the first
     */
    record Need(Entry letter, Set<DeviceId> devices, int attempt) {
        Need {
            devices = Set.copyOf(devices);
        }

        /** Whether anybody still waits for it: none does of a letter that ended undelivered. */
        boolean isWanted() {
            if (attempt > 0) {
                return Copies.owed(letter).stream().anyMatch(devices::contains);
            }
            return letter.phase == Entry.Phase.UNSEALED
                    || (!letter.revokeAsked
                            && (letter.phase == Entry.Phase.COPIED || letter.endedIn(Copies.DELIVERED)));
        }
    }

    private static final class Queue {
        final Deque<Need> needs = new ArrayDeque<>();
        boolean underWay;
        int failures;
        Instant pausedUntil = Instant.MIN;
    }

    private final OutboxLimits limits;
    private final RandomGenerator random;
    private final Map<Tag, Queue> queues = new LinkedHashMap<>();

    Sealings(OutboxLimits limits, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
    }

    void add(Need need) {
        Queue queue = queues.computeIfAbsent(need.letter().message.to(), to -> new Queue());
        if (queue.needs.stream().noneMatch(need::equals)) {
            queue.needs.add(need);
        }
    }

    /** What to seal now; each is then under way, until {@link #answered} or {@link #failed}. */
    List<Need> start(Instant now) {
        List<Need> started = new ArrayList<>();
        for (Queue queue : queues.values()) {
            if (!queue.underWay && !queue.needs.isEmpty() && !now.isBefore(queue.pausedUntil)) {
                queue.underWay = true;
                started.add(queue.needs.getFirst());
            }
        }
        return started;
    }

    /** What is under way for a recipient; null if nothing is. */
    @Nullable
    Need underWay(Tag to) {
        Queue queue = queues.get(to);
        return queue == null || !queue.underWay ? null : queue.needs.peekFirst();
    }

    /** What was under way for a recipient has its answer. */
    void answered(Tag to) {
        Queue queue = queues.get(to);
        if (queue != null && queue.underWay) {
            queue.underWay = false;
            queue.failures = 0;
            queue.needs.removeFirst();
            if (queue.needs.isEmpty()) {
                queues.remove(to);
            }
        }
    }

    /** It is to be tried again: not sooner than told, and later each time. */
    void failed(Tag to, @Nullable Duration retryAfter, Instant now) {
        Queue queue = queues.get(to);
        if (queue != null && queue.underWay) {
            queue.underWay = false;
            long bound = Math.min(
                    limits.backoffFirst().toMillis() << Math.min(queue.failures, 20),
                    limits.backoffLast().toMillis());
            queue.failures++;
            Duration least = retryAfter == null ? Duration.ZERO : retryAfter;
            queue.pausedUntil = now.plus(least).plusMillis(random.nextLong(bound + 1));
        }
    }

    /**
     * What was tried in vain is tried for other devices, for those are gone; for whichever there are, if none is given.
     */
    void insteadFor(Tag to, Collection<DeviceId> devices) {
        Queue queue = queues.get(to);
        if (queue != null && !queue.underWay && !queue.needs.isEmpty()) {
            Need need = queue.needs.removeFirst();
            queue.needs.addFirst(new Need(need.letter(), Set.copyOf(devices), need.attempt()));
        }
    }

    /** What was tried in vain may go now: there is a new connection, or the owner has decided. */
    void resume() {
        queues.values().forEach(queue -> queue.pausedUntil = Instant.MIN);
    }

    /** Whether a letter is to get more envelopes. */
    boolean isWaitedFor(Entry letter) {
        Queue queue = queues.get(letter.message.to());
        return queue != null
                && queue.needs.stream().anyMatch(need -> need.letter().equals(letter) && need.isWanted());
    }

    /** A letter has changed: what it does not need any more is not sealed. */
    void dropUnwanted(Entry letter) {
        drop(letter, need -> !need.isWanted());
    }

    /** A letter waits no longer. */
    void drop(Entry letter) {
        drop(letter, need -> true);
    }

    /** What is under way stays: its answer still comes. */
    private void drop(Entry letter, Predicate<Need> which) {
        Queue queue = queues.get(letter.message.to());
        if (queue != null) {
            Need first = queue.underWay ? queue.needs.pollFirst() : null;
            queue.needs.removeIf(need -> need.letter().equals(letter) && which.test(need));
            if (first != null) {
                queue.needs.addFirst(first);
            }
            if (queue.needs.isEmpty()) {
                queues.remove(letter.message.to());
            }
        }
    }
}
