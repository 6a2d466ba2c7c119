package lethe.persistence.cassandra;

import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.session.throttling.RequestThrottler;
import com.datastax.oss.driver.api.core.session.throttling.Throttled;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The way of statements into the driver: a bounded number is under way, a bounded number waits in order, and what comes
 * then is turned away.
 *
 * <p>Instead of the driver's {@code ConcurrencyLimitingRequestThrottler}, which in 4.19.3 does without a lock and
 * forgets: who finds all places taken and queues only after the last of them was left is let in by nobody, and all who
 * come later queue behind it. Nor do statements let each other in here one inside the other: without a node each fails
 * as soon as it is let in, and a full queue would overflow the stack.
 */
public final class Turnstile implements RequestThrottler {

    private final int places;
    private final int bound;

    // All below is guarded by this.
    private final Set<Throttled> waiting = new LinkedHashSet<>();
    private int underWay;
    private boolean admitting;
    private boolean closed;

    /** Called by the driver, by the name of this class. */
    public Turnstile(DriverContext context) {
        this(context.getConfig().getDefaultProfile());
    }

    private Turnstile(DriverExecutionProfile profile) {
        this(
                profile.getInt(DefaultDriverOption.REQUEST_THROTTLER_MAX_CONCURRENT_REQUESTS),
                profile.getInt(DefaultDriverOption.REQUEST_THROTTLER_MAX_QUEUE_SIZE));
    }

    /**
     * A turnstile that nobody has come to.
     *
     * @param places for statements under way
     * @param bound of those that wait
     */
    Turnstile(int places, int bound) {
        this.places = places;
        this.bound = bound;
    }

    private enum Entry {
        AT_ONCE,
        LATER,
        NEVER
    }

    @Override
    public void register(Throttled request) {
        switch (enter(request)) {
            case AT_ONCE -> request.onThrottleReady(false);
            case LATER -> {}
            case NEVER -> turnAway(request);
        }
    }

    @Override
    public void signalSuccess(Throttled request) {
        leave();
    }

    @Override
    public void signalError(Throttled request, Throwable error) {
        leave();
    }

    @Override
    public void signalTimeout(Throttled request) {
        if (!giveUp(request)) {
            leave();
        }
    }

    @Override
    public void signalCancel(Throttled request) {
        signalTimeout(request);
    }

    /** Turns away what waits and whatever comes. */
    @Override
    public void close() {
        emptied().forEach(this::turnAway);
    }

    private synchronized Entry enter(Throttled request) {
        if (closed) {
            return Entry.NEVER;
        }
        if (underWay < places && waiting.isEmpty()) {
            underWay++;
            return Entry.AT_ONCE;
        }
        return waiting.size() < bound && waiting.add(request) ? Entry.LATER : Entry.NEVER;
    }

    /** Whether it was still waiting. */
    private synchronized boolean giveUp(Throttled request) {
        return waiting.remove(request);
    }

    private void leave() {
        if (!isToAdmit()) {
            return;
        }
        for (var next = next(); next.isPresent(); next = next()) {
            try {
                next.get().onThrottleReady(true);
            } catch (RuntimeException | Error defect) {
                // Else nobody would be let in any more.
                admitted();
                throw defect;
            }
        }
    }

    /** Frees a place. Whoever is letting others in already, perhaps further up this stack, sees to that one too. */
    private synchronized boolean isToAdmit() {
        underWay--;
        var first = !admitting;
        admitting = true;
        return first;
    }

    private synchronized Optional<Throttled> next() {
        if (underWay < places && !waiting.isEmpty()) {
            var first = waiting.iterator().next();
            waiting.remove(first);
            underWay++;
            return Optional.of(first);
        }
        admitting = false;
        return Optional.empty();
    }

    private synchronized void admitted() {
        admitting = false;
    }

    private synchronized List<Throttled> emptied() {
        closed = true;
        var rest = List.copyOf(waiting);
        waiting.clear();
        return rest;
    }

    private void turnAway(Throttled request) {
        request.onThrottleFailure(new RequestThrottlingException(
                places + " statements are under way and " + bound + " wait, or the session is closed"));
    }
}
