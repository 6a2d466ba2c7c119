package lethe.device.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;

/**
 * What this phone received: bodies until the application has them, ids for longer, so that none is handed over twice.
 *
 * <p>The order: write {@link InboxEvent.Taken}; acknowledge; hand over; write {@link InboxEvent.Seen}. A phone that
 * dies between the last two hands the message over once more, marked as possibly seen.
 *
 * <p>One thread at a time.
 */
public final class Inbox {
    private final InboxLimits limits;
    private final Map<MessageId, InboxEvent.Taken> pending = new LinkedHashMap<>();
    private final Map<MessageId, Instant> seen = new LinkedHashMap<>();
    private final List<InboxEvent> written = new ArrayList<>();

    private Inbox(InboxLimits limits) {
        this.limits = limits;
    }

    /**
     * An inbox as the phone's last life left it.
     *
     * @param history all events that were written, oldest first
     */
    public static Inbox recovered(InboxLimits limits, Collection<InboxEvent> history, Instant now) {
        Inbox inbox = new Inbox(limits);
        history.forEach(inbox::apply);
        inbox.forgetOld(now);
        return inbox;
    }

    /**
     * A message came in.
     *
     * @param use what it was opened with; empty for nothing
     * @return whether it is new
     */
    public boolean take(MessageId id, Opaque body, Opaque use, Instant now) {
        if (isKnown(id)) {
            return false;
        }
        write(new InboxEvent.Taken(id, body, use, now));
        return true;
    }

    /** Whether it was taken before. */
    public boolean isKnown(MessageId id) {
        return pending.containsKey(id) || seen.containsKey(id);
    }

    /** Whether one of those that were taken before is such. */
    public boolean knows(Predicate<MessageId> which) {
        return pending.keySet().stream().anyMatch(which)
                || seen.keySet().stream().anyMatch(which);
    }

    /** The application has it, or it stands for what the application has. */
    public void handedOver(MessageId id, Instant now) {
        write(new InboxEvent.Seen(id, now));
        forgetOld(now);
    }

    /** What the application has not had, oldest first. */
    public List<InboxEvent.Taken> pending() {
        return List.copyOf(pending.values());
    }

    /** What to write now. */
    public List<InboxEvent> drain() {
        List<InboxEvent> all = List.copyOf(written);
        written.clear();
        return all;
    }

    /** The shortest history that recovers to this inbox. */
    public List<InboxEvent> history() {
        List<InboxEvent> events = new ArrayList<>();
        seen.forEach((id, at) -> events.add(new InboxEvent.Seen(id, at)));
        events.addAll(pending.values());
        return events;
    }

    /** How many ids are remembered. */
    public int size() {
        return pending.size() + seen.size();
    }

    private void write(InboxEvent event) {
        apply(event);
        written.add(event);
    }

    private void apply(InboxEvent event) {
        if (event instanceof InboxEvent.Taken taken) {
            pending.put(taken.id(), taken);
        } else if (event instanceof InboxEvent.Seen now) {
            pending.remove(now.id());
            seen.put(now.id(), now.at());
        }
    }

    private void forgetOld(Instant now) {
        Instant oldest = now.minus(limits.age());
        Iterator<Instant> times = seen.values().iterator();
        while (times.hasNext()) {
            Instant at = times.next();
            if (seen.size() <= limits.ids() && !at.isBefore(oldest)) {
                return;
            }
            times.remove();
        }
    }
}
