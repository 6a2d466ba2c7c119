package lethe.core.subscriber;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lethe.core.identity.Opaque;

/**
 * The verifiers' statements that were used for one address and have not expired since. A verifier makes a few an hour
 * for a number; when as many are remembered as may be, no other counts, rather than one of them again.
 */
final class ShownBefore {
    static final int MOST = 16;

    private Map<Opaque, Instant> expiries = Map.of();

    /** Whether a statement counts, and has room to be remembered. */
    boolean isNew(Shown shown, Instant now) {
        forgetExpired(now);
        return !expiries.containsKey(shown.nonce()) && expiries.size() < MOST;
    }

    /** From now on it counts no more. */
    void add(Shown shown) {
        if (expiries.isEmpty()) {
            expiries = new LinkedHashMap<>();
        }
        expiries.put(shown.nonce(), shown.expires());
    }

    /** Whether one is remembered that could be shown again. */
    boolean isAny(Instant now) {
        forgetExpired(now);
        return !expiries.isEmpty();
    }

    List<Shown> all() {
        return expiries.entrySet().stream()
                .map(entry -> new Shown(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void forgetExpired(Instant now) {
        if (!expiries.isEmpty()
                && expiries.values().removeIf(expires -> !now.isBefore(expires))
                && expiries.isEmpty()) {
            expiries = Map.of();
        }
    }
}
