package lethe.core.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What one session has been given and not yet acknowledged, and what it gets next.
 *
 * <p>Numbers the envelopes that it gives out from 1. Gives out no more than the phone's credit allows unacknowledged.
 *
 * @param <W> whoever wants to hear what becomes of an envelope
 */
public final class Window<W> {
    /**
     * One envelope on its way to the phone.
     *
     * @param seq its number in the session
     */
    public record Offer<W>(long seq, Waiting<W> waiting) {}

    private static final int COMPACT_FROM = 64;

    /** Most windows hold nothing most of the time. */
    private static final int ROOM = 1;

    private ArrayDeque<Waiting<W>> unsent;
    private ArrayDeque<Offer<W>> unacknowledged = new ArrayDeque<>(ROOM);
    private final int creditLimit;
    private int credit;
    private long lastSeq;
    private int backlog;
    private int compactAt = COMPACT_FROM;

    /**
     * A window that first gives out everything that waits.
     *
     * @param credit how many may be unacknowledged, at least 1
     * @param creditLimit the most that a phone may raise it to
     */
    public Window(Collection<Waiting<W>> backlog, int credit, int creditLimit) {
        this.unsent = new ArrayDeque<>(backlog);
        this.backlog = unsent.size();
        this.creditLimit = creditLimit;
        this.credit = Math.min(Math.max(1, credit), creditLimit);
    }

    /** A new envelope has been admitted. */
    public void append(Waiting<W> entry) {
        if (unsent.size() >= compactAt) {
            compact();
        }
        unsent.add(entry);
    }

    /** What ended behind a head that waits for credit would otherwise be kept as long as the head. */
    private void compact() {
        unsent.removeIf(Waiting::hasEnded);
        backlog = Math.min(backlog, unsent.size());
        compactAt = Math.max(COMPACT_FROM, 2 * unsent.size());
    }

    /** Gives back the room that a burst has taken, if nothing is in it. */
    public void release() {
        if (unsent.isEmpty()) {
            unsent = new ArrayDeque<>(ROOM);
            compactAt = COMPACT_FROM;
        }
        if (unacknowledged.isEmpty()) {
            unacknowledged = new ArrayDeque<>(ROOM);
        }
    }

    /** How much this keeps; for claims about memory. */
    int kept() {
        return unsent.size() + unacknowledged.size();
    }

    /** The next envelope for the phone; empty if there is none or its credit is used up. */
    public Optional<Offer<W>> next() {
        while (!unsent.isEmpty() && unsent.peekFirst().hasEnded()) {
            unsent.removeFirst();
            leaveBacklog();
        }
        if (unsent.isEmpty() || underWay() >= credit) {
            return Optional.empty();
        }
        Offer<W> offer = new Offer<>(++lastSeq, unsent.removeFirst());
        leaveBacklog();
        unacknowledged.add(offer);
        return Optional.of(offer);
    }

    private void leaveBacklog() {
        if (backlog > 0) {
            backlog--;
        }
    }

    private int underWay() {
        while (!unacknowledged.isEmpty() && unacknowledged.peekFirst().waiting().hasEnded()) {
            unacknowledged.removeFirst();
        }
        return unacknowledged.size();
    }

    /** Whether all that waited when the session began has been given out. */
    public boolean isDrained() {
        return backlog == 0;
    }

    /** The phone takes more at a time. */
    public void grant(int more) {
        credit = (int) Math.min((long) credit + Math.max(0, more), creditLimit);
    }

    /** Whether the phone acknowledges something that it was never given. */
    public boolean isAhead(long upto) {
        return upto > lastSeq || upto < 0;
    }

    /**
     * The phone has everything up to a number, but for some.
     *
     * @return what it has now and had not acknowledged before, oldest first
     */
    public List<Waiting<W>> acknowledge(long upto, Collection<Long> except) {
        List<Waiting<W>> taken = new ArrayList<>(1);
        List<Offer<W>> kept = List.of();
        while (!unacknowledged.isEmpty() && unacknowledged.peekFirst().seq() <= upto) {
            Offer<W> offer = unacknowledged.removeFirst();
            if (except.contains(offer.seq())) {
                kept = kept.isEmpty() ? new ArrayList<>() : kept;
                kept.add(offer);
            } else if (!offer.waiting().hasEnded()) {
                taken.add(offer.waiting());
            }
        }
        for (int i = kept.size() - 1; i >= 0; i--) {
            unacknowledged.addFirst(kept.get(i));
        }
        return taken;
    }

    /** Single envelopes by number, wherever they stand in the window. */
    public List<Waiting<W>> take(Collection<Long> seqs) {
        if (seqs.isEmpty()) {
            return List.of();
        }
        List<Waiting<W>> taken = new ArrayList<>();
        unacknowledged.removeIf(offer -> {
            boolean named = seqs.contains(offer.seq());
            if (named && !offer.waiting().hasEnded()) {
                taken.add(offer.waiting());
            }
            return named;
        });
        return taken;
    }
}
