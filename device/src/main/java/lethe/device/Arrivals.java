package lethe.device;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import lethe.core.protocol.ServerFrame;
import lethe.device.inbox.Admission;
import lethe.device.inbox.Inbox;
import lethe.device.letters.Correspondence;
import org.jspecify.annotations.Nullable;

/**
 * What comes in on one session: looked into one after the other, and then taken, in the order in which it came. What is
 * known already is not looked into again: what opened it is gone.
 *
 * <p>Lives on its client's strand.
 */
final class Arrivals {
    /** With more than these the phone starts a session anew, which bounds the list that an acknowledgement names. */
    private static final int MOST_UNDECRYPTABLE = 256;

    private final Inbox inbox;
    private final Correspondence correspondence;
    private final Clock clock;
    private final Executor strand;
    private final Deque<ServerFrame.Deliver> waiting = new ArrayDeque<>();
    private boolean looking;
    private boolean over;
    private long received;
    private long taken;
    /** All of this session's: an acknowledgement may be refused, and then repeats them. */
    private final List<Long> undecryptable = new ArrayList<>();

    Arrivals(Inbox inbox, Correspondence correspondence, Clock clock, Executor strand) {
        this.inbox = inbox;
        this.correspondence = correspondence;
        this.clock = clock;
        this.strand = strand;
    }

    /**
     * Something came.
     *
     * @return false if something is missing before it: acknowledgements are cumulative, and one would name what never
     *     came
     */
    boolean came(ServerFrame.Deliver deliver) {
        if (deliver.seq() != received + 1) {
            return false;
        }
        received = deliver.seq();
        waiting.add(deliver);
        look();
        return true;
    }

    /** Whether no more is taken on this session: what is not acknowledged comes again on another one. */
    boolean isOver() {
        return over;
    }

    /** The session is gone. */
    void leave() {
        over = true;
        waiting.clear();
    }

    /** Up to where everything was taken or refused. */
    long taken() {
        return taken;
    }

    List<Long> undecryptable() {
        return undecryptable;
    }

    private void look() {
        while (!looking && !over && !waiting.isEmpty()) {
            ServerFrame.Deliver next = waiting.removeFirst();
            if (inbox.isKnown(next.id())) {
                taken = next.seq();
                continue;
            }
            looking = true;
            CompletableFuture<Admission> found =
                    correspondence.examine(next.id(), next.body()).toCompletableFuture();
            if (found.isDone() && !found.isCompletedExceptionally()) {
                found(next, found.join());
            } else {
                var unused = found.whenComplete((admission, failure) -> strand.execute(() -> later(next, admission)));
            }
        }
    }

    private void later(ServerFrame.Deliver deliver, @Nullable Admission admission) {
        found(deliver, admission == null ? new Admission.NotNow() : admission);
        look();
    }

    private void found(ServerFrame.Deliver deliver, Admission admission) {
        looking = false;
        if (over) {
            return;
        }
        if (admission instanceof Admission.NotNow) {
            leave();
            return;
        }
        taken = deliver.seq();
        if (admission instanceof Admission.Fleeting) {
            return;
        }
        if (admission instanceof Admission.Good good && correspondence.take(good)) {
            inbox.take(deliver.id(), good.body(), good.use(), clock.instant());
        } else {
            inbox.refuse(deliver.id(), clock.instant());
            undecryptable.add(deliver.seq());
        }
        over |= undecryptable.size() > MOST_UNDECRYPTABLE;
    }
}
