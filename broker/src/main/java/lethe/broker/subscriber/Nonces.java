package lethe.broker.subscriber;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import lethe.core.identity.Opaque;

/**
 * The nonces of signed requests that were used lately: each is good once. Signatures older than the time kept here are
 * refused before they get here; so a nonce may be forgotten with its time, and when the list is full requests are
 * refused rather than nonces forgotten.
 */
final class Nonces {
    /** Twice what the edge accepts as a signature's age, since clocks may be off either way. */
    static final Duration KEPT = Duration.ofMinutes(2);

    /** More than a device may sign in that time at the edge's rate. */
    static final int MOST = 4_096;

    private final int most;

    /** Oldest first. */
    private Map<Opaque, Instant> used = Map.of();

    /** What becomes of a nonce that is used. */
    enum Use {
        FRESH,
        REPEATED,
        /** Too many are remembered. */
        NO_ROOM
    }

    /** None was used yet. */
    Nonces(int most) {
        this.most = most;
    }

    /** Uses a nonce. */
    Use use(Opaque nonce, Instant now) {
        forgetOld(now);
        if (used.containsKey(nonce)) {
            return Use.REPEATED;
        }
        if (used.size() >= most) {
            return Use.NO_ROOM;
        }
        if (used.isEmpty()) {
            used = new LinkedHashMap<>();
        }
        used.put(nonce, now);
        return Use.FRESH;
    }

    /** Whether one is remembered that could still be replayed: until then the actor must stay in memory. */
    boolean isAnyFresh(Instant now) {
        forgetOld(now);
        return !used.isEmpty();
    }

    private void forgetOld(Instant now) {
        Iterator<Instant> oldestFirst = used.values().iterator();
        while (oldestFirst.hasNext() && oldestFirst.next().plus(KEPT).isBefore(now)) {
            oldestFirst.remove();
        }
        if (used.isEmpty()) {
            used = Map.of();
        }
    }
}
