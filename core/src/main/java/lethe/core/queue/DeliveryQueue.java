package lethe.core.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lethe.core.identity.MessageId;
import lethe.core.limit.Limit;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * The envelopes that wait for one device, oldest first, bounded in count, bytes and time.
 *
 * <p>When a bound is hit the new envelope is refused; nothing that waits is ever dropped for it. An envelope leaves
 * only by {@link #remove}. What is stored is always older than what is not, so a crash takes a tail, never a hole.
 *
 * @param <W> whoever wants to hear what becomes of an envelope
 */
public final class DeliveryQueue<W> {
    private static final long RECOVERED = 0;

    private final Bounds bounds;
    private final LinkedHashMap<MessageId, Waiting<W>> waiting = new LinkedHashMap<>();
    private final ArrayDeque<Waiting<W>> unstored = new ArrayDeque<>(1);
    private final Map<Long, Share> shares = new HashMap<>(4);
    private long bytes;
    private Instant nextDue = Instant.MAX;
    private Slot youngest = new Slot(Long.MIN_VALUE, Long.MIN_VALUE);

    public DeliveryQueue(Bounds bounds) {
        this.bounds = bounds;
    }

    /** Why an envelope may not enter, with the bound that it would exceed; empty if it may. */
    public Optional<Problem> objection(Envelope envelope, long sender) {
        int size = envelope.body().length();
        if (waiting.size() >= bounds.messages()) {
            return objection(ProblemType.QUEUE_FULL, Limit.DEVICE_QUEUE, bounds.messages());
        }
        if (bytes + size > bounds.bytes()) {
            return objection(ProblemType.QUEUE_FULL, Limit.DEVICE_QUEUE, bounds.bytes());
        }
        Share share = shares.get(sender);
        if (share != null && share.messages >= bounds.messagesPerSender()) {
            return objection(ProblemType.SENDER_SHARE, Limit.SENDER_SHARE, bounds.messagesPerSender());
        }
        return size + (share == null ? 0 : share.bytes) > bounds.bytesPerSender()
                ? objection(ProblemType.SENDER_SHARE, Limit.SENDER_SHARE, bounds.bytesPerSender())
                : Optional.empty();
    }

    private static Optional<Problem> objection(ProblemType type, Limit limit, long bound) {
        return Optional.of(Problem.of(type).withLimit(bound).by(limit));
    }

    /**
     * Takes an envelope in, unstored. The caller has asked for an {@link #objection}.
     *
     * @throws IllegalArgumentException if the id already waits, or the slot is not the youngest
     */
    public Waiting<W> admit(Slot slot, Envelope envelope, long sender, Instant now, @Nullable W watcher) {
        Waiting<W> entry = new Waiting<>(slot, envelope, sender, now, watcher, false);
        add(entry);
        unstored.add(entry);
        return entry;
    }

    /**
     * Takes back an envelope that was found stored. Bounds do not apply: it is in custody already.
     *
     * @throws IllegalArgumentException if the id already waits, or the slot is not the youngest
     */
    public void recover(Slot slot, Envelope envelope, Instant now) {
        add(new Waiting<>(slot, envelope, RECOVERED, now, null, true));
    }

    private void add(Waiting<W> entry) {
        if (entry.slot().compareTo(youngest) <= 0) {
            throw new IllegalArgumentException("the slot is not the youngest");
        }
        if (waiting.putIfAbsent(entry.envelope().id(), entry) != null) {
            throw new IllegalArgumentException("this message already waits");
        }
        youngest = entry.slot();
        int size = entry.envelope().body().length();
        bytes += size;
        Share share = shares.computeIfAbsent(entry.sender(), sender -> new Share());
        share.messages++;
        share.bytes += size;
        if (entry.envelope().due().isBefore(nextDue)) {
            nextDue = entry.envelope().due();
        }
    }

    public Optional<Waiting<W>> find(MessageId id) {
        return Optional.ofNullable(waiting.get(id));
    }

    /** Takes an envelope out, whatever became of it. */
    public void remove(Waiting<W> entry) {
        if (!waiting.remove(entry.envelope().id(), entry)) {
            return;
        }
        entry.end();
        int size = entry.envelope().body().length();
        bytes -= size;
        Share share = shares.get(entry.sender());
        if (share != null) {
            share.messages--;
            share.bytes -= size;
            if (share.messages == 0) {
                shares.remove(entry.sender());
            }
        }
        skipStored();
        if (waiting.isEmpty()) {
            nextDue = Instant.MAX;
        }
    }

    /**
     * What has waited unstored for the hold window, and so must be stored now. It stays listed until {@link #stored}.
     *
     * <p>What lives no longer than {@code briefest} is never stored: it is for a connected phone, now or never.
     *
     * @param holdWindow zero for everything
     */
    public List<Waiting<W>> toStore(Instant now, Duration holdWindow, Duration briefest) {
        List<Waiting<W>> due = new ArrayList<>(1);
        for (Waiting<W> entry : unstored) {
            if (entry.hasEnded() || entry.isStored() || entry.livesAtMost(briefest)) {
                continue;
            }
            if (entry.since().plus(holdWindow).isAfter(now)) {
                break;
            }
            due.add(entry);
        }
        return due;
    }

    /** These, the oldest unstored ones, are durable now. */
    public void stored(List<Waiting<W>> entries) {
        entries.forEach(Waiting::markStored);
        skipStored();
    }

    private void skipStored() {
        while (!unstored.isEmpty()
                && (unstored.peekFirst().isStored() || unstored.peekFirst().hasEnded())) {
            unstored.removeFirst();
        }
    }

    /** When the oldest unstored envelope has waited for the hold window; empty if all are stored. */
    public Optional<Instant> holdEnds(Duration holdWindow) {
        Waiting<W> oldest = unstored.peekFirst();
        return oldest == null ? Optional.empty() : Optional.of(oldest.since().plus(holdWindow));
    }

    /** A time before which nothing is due; {@link Instant#MAX} if nothing waits. */
    public Instant nextDue() {
        return nextDue;
    }

    /** Everything whose deadline or lifetime has passed. The caller removes it. */
    public List<Waiting<W>> due(Instant now) {
        if (nextDue.isAfter(now)) {
            return List.of();
        }
        List<Waiting<W>> due = new ArrayList<>();
        nextDue = Instant.MAX;
        for (Waiting<W> entry : waiting.values()) {
            Instant at = entry.envelope().due();
            if (!at.isAfter(now)) {
                due.add(entry);
            } else if (at.isBefore(nextDue)) {
                nextDue = at;
            }
        }
        return due;
    }

    /** What waits, oldest first; a view. */
    public Collection<Waiting<W>> entries() {
        return Collections.unmodifiableCollection(waiting.values());
    }

    public int size() {
        return waiting.size();
    }

    /** Sum of the bodies. */
    public long bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    private static final class Share {
        private int messages;
        private long bytes;
    }
}
