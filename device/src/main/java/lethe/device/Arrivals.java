package lethe.device;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import lethe.core.identity.MessageId;
import lethe.core.protocol.ServerFrame.Deliver;
import lethe.device.inbox.Admission;
import lethe.device.inbox.Inbox;
import lethe.device.letters.Correspondence;
import lethe.device.socket.Backoff;
import org.jspecify.annotations.Nullable;

/**
 * What comes in on one session: looked into one after the other, and then taken, in the order in which it came. What
 * was taken before is not looked into again: what opened it is gone. What was refused is, and is refused again: its
 * sender may not have heard.
 *
 * <p>A broker is asked about one message at a time, the oldest first. Until it has answered, those behind it that need
 * no answer pass it, and the others wait behind it: so strangers keep nobody waiting but each other, and what comes
 * from one sender stays in order.
 *
 * <p>Lives on its client's strand.
 */
final class Arrivals {
    /** With more than these the phone starts a session anew, which bounds the list that an acknowledgement names. */
    private static final int MOST_UNDECRYPTABLE = 256;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Inbox inbox;
    private final Correspondence correspondence;
    private final Clock clock;
    private final Executor strand;
    private final Backoff backoff;
    /** Those that a broker has to be asked about, oldest first. */
    private final List<Deliver> open = new ArrayList<>();

    private boolean asking;
    private Instant pausedUntil = Instant.MIN;
    private boolean over;
    private long received;
    private long decided;
    /** All of this session's: an acknowledgement may be refused, and then repeats them. */
    private final NavigableSet<Long> undecryptable = new TreeSet<>();

    /**
     * Nothing has come yet.
     *
     * @param random for the pauses between questions
     */
    Arrivals(Inbox inbox, Correspondence correspondence, Clock clock, RandomGenerator random, Executor strand) {
        this.inbox = inbox;
        this.correspondence = correspondence;
        this.clock = clock;
        this.strand = strand;
        this.backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
    }

    /**
     * Something came.
     *
     * @return false if something is missing before it: acknowledgements are cumulative, and one would name what never
     *     came
     */
    boolean came(Deliver deliver) {
        if (over) {
            return true;
        }
        if (deliver.seq() != received + 1) {
            return false;
        }
        received = deliver.seq();
        if (inbox.isKnown(deliver.id())) {
            decided++;
        } else {
            look(deliver);
            ask();
        }
        return true;
    }

    /** Time passes: what could not be answered is asked again now and then. */
    void tick() {
        ask();
    }

    /** Whether no more is taken on this session: what is not acknowledged comes again on another one. */
    boolean isOver() {
        return over;
    }

    /** The session is gone. */
    void leave() {
        over = true;
        open.clear();
    }

    /** How many were taken or refused: whether there is something to acknowledge. */
    long decided() {
        return decided;
    }

    /** Up to where everything was taken or refused, but for those in {@link #undecided}. */
    long upto() {
        return received;
    }

    List<Long> undecided() {
        return open.stream().map(Deliver::seq).toList();
    }

    List<Long> undecryptable() {
        return List.copyOf(undecryptable);
    }

    /** Up to where everything was taken. */
    long taken() {
        long first = undecryptable.isEmpty() ? received + 1 : undecryptable.first();
        return (open.isEmpty() ? first : Math.min(first, open.get(0).seq())) - 1;
    }

    private void look(Deliver deliver) {
        open.add(deliver); // whatever is thrown now, it is not acknowledged
        Admission found = correspondence.examineAlone(deliver.id(), deliver.body());
        if (found instanceof Admission.Good && open.size() > 1) {
            lookAgain(); // its sender may have become known since, and wrote one of those before
        } else if (!(found instanceof Admission.NotNow)) {
            open.remove(deliver);
            decide(deliver, found);
        }
    }

    /** Decides what needs no answer any more. */
    private void lookAgain() {
        for (Deliver each : List.copyOf(open)) {
            if (inbox.isKnown(each.id())) {
                open.remove(each);
                decided++;
                continue;
            }
            Admission found = correspondence.examineAlone(each.id(), each.body());
            if (!(found instanceof Admission.NotNow)) {
                open.remove(each);
                decide(each, found);
            }
        }
    }

    private void ask() {
        while (!asking && !over && !open.isEmpty() && !clock.instant().isBefore(pausedUntil)) {
            asking = true;
            Deliver oldest = open.get(0);
            CompletableFuture<Admission> found = examine(oldest);
            if (found.isDone() && !found.isCompletedExceptionally()) {
                answered(oldest, found.join());
            } else {
                var unused = found.whenComplete((admission, failure) -> strand.execute(() -> later(oldest, admission)));
            }
        }
    }

    /** What it throws is an answer that is not there yet. */
    private CompletableFuture<Admission> examine(Deliver deliver) {
        try {
            return correspondence.examine(deliver.id(), deliver.body()).toCompletableFuture();
        } catch (RuntimeException thrown) {
            asking = false;
            pausedUntil = clock.instant().plus(backoff.next());
            throw thrown;
        }
    }

    private void later(Deliver deliver, @Nullable Admission admission) {
        answered(deliver, admission == null ? new Admission.NotNow(null) : admission);
        ask();
    }

    private void answered(Deliver deliver, Admission admission) {
        asking = false;
        if (over) {
            return;
        }
        if (admission instanceof Admission.NotNow notNow) {
            pausedUntil =
                    clock.instant().plus(atMostLongest(notNow.retryAfter())).plus(backoff.next());
            return;
        }
        backoff.reset();
        if (open.remove(deliver)) {
            decide(deliver, admission);
        }
        lookAgain();
    }

    private static Duration atMostLongest(@Nullable Duration told) {
        Duration least = told == null ? Duration.ZERO : told;
        return least.compareTo(LONGEST_PAUSE) < 0 ? least : LONGEST_PAUSE;
    }

    /**
     * A letter that was sealed twice, because its sender did not hear of the first envelope, is taken and told once.
     */
    private void take(Deliver deliver, Admission.Good good) {
        Instant now = clock.instant();
        MessageId letter = good.letter();
        if (letter == null) {
            inbox.take(deliver.id(), good.body(), good.use(), now);
        } else if (inbox.isKnown(letter)) {
            inbox.handedOver(deliver.id(), now);
        } else {
            inbox.take(deliver.id(), good.body(), good.use(), now);
            inbox.handedOver(letter, now);
        }
    }

    private void decide(Deliver deliver, Admission admission) {
        decided++;
        if (admission instanceof Admission.Fleeting) {
            return;
        }
        if (admission instanceof Admission.Good good && correspondence.take(good)) {
            take(deliver, good);
        } else {
            undecryptable.add(deliver.seq());
        }
        over |= undecryptable.size() > MOST_UNDECRYPTABLE;
    }
}
