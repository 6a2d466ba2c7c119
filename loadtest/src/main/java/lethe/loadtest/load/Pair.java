package lethe.loadtest.load;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A sender and its recipient: sends what is due, and keeps account of what becomes of it. Lives on one event loop. */
final class Pair {
    private static final int FIRST_RETRY_MILLIS = 20;
    private static final int MOST_DOUBLINGS = 6;

    private final int index;
    private final Shard shard;
    private final int mostUnderWay;
    private final Outstanding outstanding = new Outstanding();
    private final Arrivals arrivals = new Arrivals();
    private final TreeSet<Long> refusedNow = new TreeSet<>();
    private @Nullable Connection sender;
    private @Nullable Connection recipient;
    /** In a closed loop, how many messages may ever be sent; 0 in an open one. */
    private long allowed;

    private int doublings;
    private boolean retrying;
    private long completed;
    private long heldEver;
    private long refused;
    /** Receipts for what never came. */
    private long unfounded;

    Pair(int index, Shard shard, int mostUnderWay) {
        this.index = index;
        this.shard = shard;
        this.mostUnderWay = mostUnderWay;
    }

    int index() {
        return index;
    }

    Shard shard() {
        return shard;
    }

    void senderIs(@Nullable Connection connection) {
        sender = connection;
    }

    void recipientIs(@Nullable Connection connection) {
        recipient = connection;
    }

    boolean isConnected() {
        return sender != null && sender.isReady() && recipient != null && recipient.isReady();
    }

    /** Cuts what the recipient has; it comes back as another connection. */
    void leaveRecipient() {
        if (recipient != null) {
            recipient.close();
            recipient = null;
        }
    }

    void close() {
        leaveRecipient();
        if (sender != null) {
            sender.close();
        }
    }

    /** Closed loop: sends until it is stopped, the next as soon as the window has room. */
    void sendAlways() {
        allowed = Long.MAX_VALUE;
        pump();
    }

    /** As {@link #sendAlways}, but only so many. */
    void sendMore(long messages) {
        allowed = outstanding.sent() + messages;
        pump();
    }

    /** Sends no message for the first time any more, but for those that are due already. */
    void stop() {
        allowed = 0;
    }

    /** Open loop: one message is due. */
    void due(long time) {
        outstanding.schedule(time);
        pump();
    }

    private void pump() {
        while (refusedNow.isEmpty() && outstanding.underWay() < mostUnderWay && isDue()) {
            say(outstanding.send());
        }
    }

    private boolean isDue() {
        if (!outstanding.hasUnsent() && outstanding.sent() < allowed) {
            outstanding.schedule(shard.now());
        }
        return outstanding.hasUnsent();
    }

    private void say(long number) {
        if (sender != null) {
            sender.send(number);
        }
    }

    void arrived(long number) {
        arrivals.add(number, outstanding.sent());
    }

    void completed(long number) {
        long due = outstanding.due(number);
        if (!outstanding.end(number)) {
            return; // a second receipt is normal
        }
        completed++;
        doublings = 0;
        if (!arrivals.has(number)) {
            unfounded++;
        }
        shard.meter().done(due, shard.now());
        pump();
    }

    void held(long number) {
        long due = outstanding.due(number);
        if (!outstanding.hold(number)) {
            return;
        }
        heldEver++;
        doublings = 0;
        if (shard.countsHeld()) {
            shard.meter().done(due, shard.now());
        }
        pump();
    }

    /** It is sent again after a while, in the order of numbers, before anything new. */
    void refused(long number) {
        if (!outstanding.isUnderWay(number)) {
            return;
        }
        refused++;
        refusedNow.add(number);
        if (!retrying) {
            retrying = true;
            long millis = (long) FIRST_RETRY_MILLIS << Math.min(doublings++, MOST_DOUBLINGS);
            var unused = shard.loop().schedule(this::retry, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void retry() {
        retrying = false;
        List<Long> again = List.copyOf(refusedNow);
        refusedNow.clear();
        again.stream().filter(outstanding::isUnderWay).forEach(this::say);
        pump();
    }

    /** Whether nothing waits to be sent, and nothing that was sent is without an answer. */
    boolean isQuiet() {
        return !outstanding.hasUnsent() && outstanding.underWay() == 0;
    }

    /** Whether everything that was sent has ended. */
    boolean isEmpty() {
        return isQuiet() && outstanding.held() == 0;
    }

    Tally tally() {
        return new Tally(
                outstanding.sent(),
                completed,
                heldEver,
                outstanding.underWay() + outstanding.held() + unfounded,
                arrivals.duplicated(),
                arrivals.reordered(),
                refused,
                outstanding.unsent());
    }
}
