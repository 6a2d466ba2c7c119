package lethe.device.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Tag;
import lethe.device.outbox.Entry.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Who may send next: a lane per recipient, and what is under way in all of them. Recipients take turns, so that one
 * with a long lane does not hold up the others.
 */
final class Lanes {
    private final OutboxLimits limits;
    private final RandomGenerator random;
    private final Map<To, Lane> lanes = new LinkedHashMap<>();
    private final Set<Lane> ready = new LinkedHashSet<>();
    private final Map<Long, Entry> underWay = new LinkedHashMap<>();

    Lanes(OutboxLimits limits, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
    }

    void add(Entry entry) {
        Lane lane = of(entry);
        lane.add(entry);
        ready.add(lane);
    }

    Lane of(Entry entry) {
        return lanes.computeIfAbsent(To.of(entry), to -> new Lane());
    }

    /** The entry under way by the number of its frame; null if it was answered, or sent again since. */
    @Nullable
    Entry underWay(long ref) {
        return underWay.get(ref);
    }

    /** Hands out what may be sent now, in turns; each is then under way. */
    void pump(Instant now, BiConsumer<Lane, Entry> send) {
        ArrayDeque<Lane> turns = new ArrayDeque<>(ready);
        ready.clear();
        while (!turns.isEmpty() && underWay.size() < limits.window()) {
            Lane lane = turns.removeFirst();
            Entry next = lane.next();
            if (next != null && !lane.isPaused(now) && lane.underWay() < limits.windowPerRecipient()) {
                send.accept(lane, next);
                turns.addLast(lane);
            }
        }
        ready.addAll(turns);
    }

    void sent(Entry entry) {
        move(entry, Phase.UNDER_WAY);
        underWay.put(entry.ref, entry);
    }

    /** Its phase has changed, by an event, from the given one: it is answered. */
    void answered(Entry entry, Phase from) {
        underWay.remove(entry.ref, entry);
        Lane lane = of(entry);
        lane.moved(entry, from);
        lane.refusals = 0;
        ready.add(lane);
        if (lane.isEmpty()) {
            lanes.remove(To.of(entry));
            ready.remove(lane);
        }
    }

    /** It is to be sent again, by an event, after the broker had it. */
    void unheld(Entry entry) {
        Lane lane = of(entry);
        lane.moved(entry, Phase.HELD);
        ready.add(lane);
    }

    /** Everything unanswered in this lane, from an entry on, is to be sent again, in order. */
    void rewind(Entry from) {
        rewind(of(from), from.number);
    }

    private void rewind(Lane lane, long from) {
        for (Entry entry : lane.entries()) {
            if (entry.phase == Phase.UNDER_WAY && entry.number >= from) {
                underWay.remove(entry.ref);
                move(entry, Phase.WAITING);
            }
        }
        ready.add(lane);
    }

    /**
     * A recipient takes nothing now: everything unanswered is sent again, not sooner than told, and later each time.
     */
    void refused(Lane lane, Duration retryAfter, Instant now) {
        long bound = Math.min(
                limits.backoffFirst().toMillis() << Math.min(lane.refusals, 20),
                limits.backoffLast().toMillis());
        lane.refusals++;
        lane.pausedUntil = now.plus(retryAfter).plusMillis(random.nextLong(bound + 1));
        rewind(lane, 0);
    }

    /** A new connection: what was refused in an earlier one may be taken now. */
    void connected() {
        lanes.values().forEach(lane -> lane.pausedUntil = Instant.MIN);
        ready.addAll(lanes.values());
    }

    void disconnected() {
        List.copyOf(lanes.values()).forEach(lane -> rewind(lane, 0));
    }

    /** Pauses may be over. */
    void tick(Instant now) {
        for (Lane lane : lanes.values()) {
            if (!lane.isPaused(now)) {
                ready.add(lane);
            }
        }
    }

    /** A recipient's device; without one, whichever it has. */
    private record To(Tag recipient, @Nullable DeviceId device) {
        static To of(Entry entry) {
            return new To(entry.message.to(), entry.message.device());
        }
    }

    private void move(Entry entry, Phase to) {
        Phase from = entry.phase;
        entry.phase = to;
        of(entry).moved(entry, from);
    }
}
