package lethe.registrar.tagger;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.core.permit.Permission;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;

/**
 * What each pseudonym has asked for, and which requests were shown. In memory only: a restart forgets it. Reads no
 * clock; safe for use by many threads.
 *
 * <p>Of each pseudonym it keeps the one time at which its whole burst will have come back. When that is past, it is as
 * good as one that never asked, and is forgotten. When as many are counted as may be, new ones are refused: whoever
 * fills the table gains nothing by it.
 */
final class Accounts {
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** A request may be dated a window ahead, and is then good for another. */
    private static final Duration REMEMBERED = Permission.WINDOW.multipliedBy(2);

    private final Allowance allowance;
    private final Runnable full;
    private final Map<Opaque, Instant> whole = new HashMap<>();
    /** Oldest first: all are remembered equally long. */
    private final Map<Shown, Instant> shown = new LinkedHashMap<>();

    private Instant nextSweep = Instant.MIN;
    private Instant nextAlarm = Instant.MIN;

    /**
     * Nobody has asked yet.
     *
     * @param full told at most once a minute that new pseudonyms are refused
     */
    Accounts(Allowance allowance, Runnable full) {
        this.allowance = allowance;
        this.full = full;
    }

    private record Shown(Opaque pseudonym, Opaque nonce) {}

    /** Takes note of a request that is counted nowhere; or says why not. */
    synchronized Optional<Problem> note(Opaque pseudonym, Opaque nonce, Instant now) {
        Optional<Problem> refusal = refuseShown(new Shown(pseudonym, nonce), now);
        if (refusal.isEmpty()) {
            shown.put(new Shown(pseudonym, nonce), now.plus(REMEMBERED));
        }
        return refusal;
    }

    /** Takes elements from what a pseudonym has left; or says why not, and then it has as much left as before. */
    synchronized Optional<Problem> take(Opaque pseudonym, Opaque nonce, int elements, Instant now) {
        Optional<Problem> again = refuseShown(new Shown(pseudonym, nonce), now);
        if (again.isPresent()) {
            return again;
        }
        Instant until = whole.getOrDefault(pseudonym, now);
        Instant next = (until.isBefore(now) ? now : until).plus(allowance.toRegain(elements));
        Duration wait = Duration.between(now.plus(allowance.toRegain(allowance.burst())), next);
        if (!wait.isNegative() && !wait.isZero()) {
            return Optional.of(Problem.of(ProblemType.TOO_MANY_REQUESTS)
                    .withLimit(allowance.burst())
                    .withRetryAfter(wait));
        }
        if (!hasRoomFor(pseudonym, now)) {
            return Optional.of(overloaded());
        }
        whole.put(pseudonym, next);
        shown.put(new Shown(pseudonym, nonce), now.plus(REMEMBERED));
        return Optional.empty();
    }

    private Optional<Problem> refuseShown(Shown request, Instant now) {
        Iterator<Instant> oldest = shown.values().iterator();
        while (oldest.hasNext() && !now.isBefore(oldest.next())) {
            oldest.remove();
        }
        if (shown.containsKey(request)) {
            return Optional.of(Problem.of(ProblemType.REPLAYED));
        }
        return shown.size() < allowance.nonces() ? Optional.empty() : Optional.of(overloaded());
    }

    private boolean hasRoomFor(Opaque pseudonym, Instant now) {
        if (whole.containsKey(pseudonym) || whole.size() < allowance.pseudonyms()) {
            return true;
        }
        if (!now.isBefore(nextSweep)) {
            // Not for each of a flood: looking at all of them takes milliseconds.
            nextSweep = now.plus(SWEEP);
            whole.values().removeIf(until -> !until.isAfter(now));
        }
        boolean room = whole.size() < allowance.pseudonyms();
        if (!room && !now.isBefore(nextAlarm)) {
            nextAlarm = now.plus(MINUTE);
            full.run();
        }
        return room;
    }

    private static Problem overloaded() {
        return Problem.of(ProblemType.OVERLOADED).withRetryAfter(MINUTE);
    }
}
