package lethe.core.subscriber;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.limit.Limit;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.queue.Bounds;
import lethe.core.queue.DeliveryQueue;
import lethe.core.queue.Envelope;
import lethe.core.queue.Slot;
import lethe.core.queue.Waiting;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;
import org.jspecify.annotations.Nullable;

/**
 * Everything that waits for one subscriber: a delivery queue per device, of which {@link SubscriberState} holds the
 * stored part. Decides what happens to an envelope; changes nothing durable.
 *
 * @param <W> whoever wants to hear what becomes of an envelope
 */
public final class Deliveries<W> {
    /** An unsettled receipt costs about 60 bytes; more than these and nothing new is taken in. */
    static final int MOST_RECEIPTS = 10_000;

    private final SubscriberState state;
    private final Bounds bounds;
    private final Map<DeviceId, DeliveryQueue<W>> queues = new HashMap<>(2);
    private final Recent recent = new Recent();
    private final Set<MessageId> lost;
    private final Instant began;
    private long lastNumber;

    private Deliveries(SubscriberState state, Bounds bounds, Instant began) {
        this.state = state;
        this.bounds = bounds;
        this.began = began;
        this.lost = new HashSet<>(state.lost());
    }

    /** What waits after a recovery: what the state holds. */
    public static <W> Deliveries<W> of(SubscriberState state, Bounds bounds, Instant now) {
        Deliveries<W> deliveries = new Deliveries<>(state, bounds, now);
        state.held().forEach(row -> deliveries.queue(row.device()).recover(row.slot(), row.envelope(), now));
        return deliveries;
    }

    public DeliveryQueue<W> queue(DeviceId device) {
        return queues.computeIfAbsent(device, id -> new DeliveryQueue<>(bounds));
    }

    /** What waits for a device, oldest first; a view. */
    public Collection<Waiting<W>> entries(DeviceId device) {
        DeliveryQueue<W> queue = queues.get(device);
        return queue == null ? List.of() : queue.entries();
    }

    /** The queues that exist; a view. */
    public Map<DeviceId, DeliveryQueue<W>> queues() {
        return Collections.unmodifiableMap(queues);
    }

    /**
     * Judges an envelope for an opted-in subscriber, and lets it in if it may.
     *
     * @param to which of the devices
     * @param after the message that the sender sent before; it must wait here, or have reached the phone; null if there
     *     is none
     * @param sender a label of the sender, for its share of the queue; not 0
     */
    public Admission<W> admit(
            Envelope envelope, Addressee to, @Nullable MessageId after, long sender, W watcher, Instant now) {
        Optional<Admission<W>> repeated = repeated(envelope, watcher);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        Account account = state.account().orElseThrow();
        Optional<Device> target = to.in(account);
        if (target.isEmpty()) {
            return refused(Problem.of(ProblemType.DEVICES_DIFFER).with(to.differenceTo(account)));
        }
        if (after != null && !mayBeFollowed(after)) {
            return refused(Problem.of(ProblemType.OUT_OF_ORDER));
        }
        if (state.receipts().size() >= MOST_RECEIPTS) {
            return refused(
                    Problem.of(ProblemType.QUEUE_FULL).withLimit(MOST_RECEIPTS).by(Limit.SUBSCRIBER_RECEIPTS));
        }
        DeliveryQueue<W> queue = queue(target.get().id());
        Optional<Problem> objection = queue.objection(envelope, sender);
        if (objection.isPresent()) {
            return refused(objection.get());
        }
        lost.remove(envelope.id());
        Slot slot = new Slot(state.incarnation(), ++lastNumber);
        return new Admission.Admitted<>(target.get().id(), queue.admit(slot, envelope, sender, now, watcher));
    }

    /**
     * Whether everything before a message is certainly here too, or was. Of one that ended unseen by the phone nothing
     * follows: its receipt is durable, while those before it may have died with an earlier actor.
     */
    private boolean mayBeFollowed(MessageId id) {
        Standing<W> standing = standing(id);
        if (standing instanceof Standing.HasEnded<W> has) {
            ReceiptState state = has.receipt().state();
            return state == ReceiptState.DELIVERED || state == ReceiptState.UNDECRYPTABLE;
        }
        return standing instanceof Standing.IsWaiting<W>;
    }

    /** A sender that repeats itself hears what it missed; one that reuses an id for something else is refused. */
    private Optional<Admission<W>> repeated(Envelope envelope, W watcher) {
        Standing<W> standing = standing(envelope.id());
        if (standing instanceof Standing.IsWaiting<W> is) {
            if (!is.waiting().envelope().body().equals(envelope.body())) {
                return Optional.of(refused(Problem.of(ProblemType.ID_REUSED)));
            }
            is.waiting().watchedBy(watcher);
            return Optional.of(new Admission.AlreadyWaiting<>(is.waiting()));
        }
        if (standing instanceof Standing.HasEnded<W> has && has.receipt().state() != ReceiptState.LOST) {
            return Optional.of(
                    has.receipt().fingerprint() == envelope.fingerprint()
                            ? new Admission.Over<>(has.receipt(), has.settle())
                            : refused(Problem.of(ProblemType.ID_REUSED)));
        }
        return Optional.empty();
    }

    private static <W> Admission<W> refused(Problem problem) {
        return new Admission.Refused<>(problem);
    }

    /** What is known of a message. */
    public Standing<W> standing(MessageId id) {
        Optional<Waiting<W>> waiting = find(id);
        if (waiting.isPresent()) {
            return new Standing.IsWaiting<>(waiting.get());
        }
        Optional<Receipt> kept = state.receipt(id);
        if (kept.isPresent()) {
            return new Standing.HasEnded<>(kept.get(), true);
        }
        Optional<Receipt> fleeting = recent.find(id);
        if (fleeting.isPresent()) {
            return new Standing.HasEnded<>(fleeting.get(), false);
        }
        return lost.contains(id)
                ? new Standing.HasEnded<>(new Receipt(id, ReceiptState.LOST, began, false, 0), false)
                : new Standing.IsUnknown<>();
    }

    public Optional<Waiting<W>> find(MessageId id) {
        for (DeliveryQueue<W> queue : queues.values()) {
            Optional<Waiting<W>> waiting = queue.find(id);
            if (waiting.isPresent()) {
                return waiting;
            }
        }
        return Optional.empty();
    }

    /** How a waiting envelope ends in the given state. */
    public Ended<W> end(Waiting<W> waiting, ReceiptState as, Instant now) {
        Envelope envelope = waiting.envelope();
        boolean fallback = as == ReceiptState.REVOKED && envelope.fallback() != Fallback.NONE;
        return new Ended<>(waiting, new Receipt(envelope.id(), as, now, fallback, envelope.fingerprint()));
    }

    /** How a waiting envelope ends that its sender withdraws: nobody shall send it as an SMS either. */
    public Ended<W> withdraw(Waiting<W> waiting, Instant now) {
        Envelope envelope = waiting.envelope();
        return new Ended<>(
                waiting, new Receipt(envelope.id(), ReceiptState.REVOKED, now, false, envelope.fingerprint()));
    }

    /** Everything whose time has come: past its lifetime, or past its deadline and so up to the fallback. */
    public List<Ended<W>> due(Instant now) {
        List<Ended<W>> ended = new ArrayList<>();
        for (DeliveryQueue<W> queue : queues.values()) {
            for (Waiting<W> waiting : queue.due(now)) {
                boolean fallsBack = waiting.envelope().fallback() != Fallback.NONE;
                ended.add(end(waiting, fallsBack ? ReceiptState.REVOKED : ReceiptState.EXPIRED, now));
            }
        }
        return ended;
    }

    /** How everything ends that waits for a subscriber whose consent no longer holds. */
    public List<Ended<W>> expel(Instant now) {
        List<Ended<W>> expelled = new ArrayList<>();
        for (DeliveryQueue<W> queue : queues.values()) {
            for (Waiting<W> waiting : queue.entries()) {
                expelled.add(new Ended<>(waiting, Rejection.of(waiting.envelope(), now)));
            }
        }
        return expelled;
    }

    /** How everything ends that waits for devices that are the subscriber's no longer. */
    public List<Ended<W>> drop(Collection<DeviceId> devices, Instant now) {
        List<Ended<W>> dropped = new ArrayList<>();
        for (DeviceId device : devices) {
            for (Waiting<W> waiting : entries(device)) {
                dropped.add(new Ended<>(waiting, Rejection.forGood(waiting.envelope(), now)));
            }
        }
        return dropped;
    }

    /** This one has ended: it leaves the queues. Call it once the end needs no more persisting. */
    public void forget(Ended<W> end) {
        for (DeliveryQueue<W> queue : queues.values()) {
            queue.remove(end.waiting());
        }
        if (!end.mustPersist()) {
            recent.add(end.receipt());
        }
    }

    /** Nothing has happened for a while: gives back what is only kept for what might have come. */
    public void release() {
        queues.values().removeIf(DeliveryQueue::isEmpty);
        recent.clear();
    }

    /**
     * The subscriber opted out: everything goes.
     *
     * @return what waited
     */
    public List<Waiting<W>> clear() {
        List<Waiting<W>> all = new ArrayList<>();
        for (DeliveryQueue<W> queue : queues.values()) {
            List<Waiting<W>> entries = List.copyOf(queue.entries());
            entries.forEach(queue::remove);
            all.addAll(entries);
        }
        queues.clear();
        recent.clear();
        return all;
    }

    /** A time before which nothing is due; {@link Instant#MAX} if nothing waits. */
    public Instant nextDue() {
        Instant next = Instant.MAX;
        for (DeliveryQueue<W> queue : queues.values()) {
            next = queue.nextDue().isBefore(next) ? queue.nextDue() : next;
        }
        return next;
    }

    /** When the oldest unstored envelope has waited for the hold window; empty if nothing is unstored. */
    public Optional<Instant> holdEnds(Duration holdWindow) {
        Optional<Instant> first = Optional.empty();
        for (DeliveryQueue<W> queue : queues.values()) {
            Optional<Instant> ends = queue.holdEnds(holdWindow);
            if (ends.isPresent() && (first.isEmpty() || ends.get().isBefore(first.get()))) {
                first = ends;
            }
        }
        return first;
    }

    public boolean isEmpty() {
        for (DeliveryQueue<W> queue : queues.values()) {
            if (!queue.isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
