package lethe.registrar.verifier;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.client.sealing.SessionRequest;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.SessionId;
import lethe.core.protocol.Alternative;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.VerifierBodies.Registration;

/**
 * The sessions of a verifier: decides what may be done next, performs nothing, reads no clock. Safe for use by many
 * threads.
 *
 * <p>Whoever is given a number here has a copy, and wipes it. The session's own is wiped when it ends: by its
 * statement, its last try or its time.
 */
final class Sessions {
    private static final int CODES = 1_000_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Bounds bounds;
    private final RandomGenerator random;
    private final Numbers numbers;
    /** Oldest first: all live equally long. */
    private final Map<SessionId, Session> open = new LinkedHashMap<>();

    private Instant minute = Instant.EPOCH;
    private int codesInMinute;

    /**
     * None yet.
     *
     * @param random a cryptographically strong source
     */
    Sessions(Bounds bounds, RandomGenerator random) {
        this.bounds = bounds;
        this.random = random;
        this.numbers = new Numbers(bounds, random);
    }

    /**
     * A code to send; whoever sends it wipes the number.
     *
     * @param again it was sent before
     */
    record Outgoing(PlainIdentifier number, String code, boolean again) {
        @Override
        public String toString() {
            return "Outgoing[***]";
        }
    }

    /** Opens a session. Takes the request's number itself. */
    synchronized Decision<Registration> open(SessionRequest request, Instant now) {
        forget(now);
        Opaque mark = numbers.mark(request.number());
        if (open.size() >= bounds.sessions() || !numbers.hasRoomFor(mark, now)) {
            request.number().wipe();
            return refused(Problem.of(ProblemType.OVERLOADED).withRetryAfter(MINUTE));
        }
        Optional<Duration> wait = numbers.open(mark, now);
        if (wait.isPresent()) {
            request.number().wipe();
            return refused(tooMany(bounds.sessionsOfANumber(), wait.get()).withAlternatives(Alternative.SUBMIT_CODE));
        }
        Session session = new Session(
                new SessionId(bytes(SessionId.LENGTH)), request, mark, now.plus(bounds.life()), code(), bounds.tries());
        open.put(session.id, session);
        return granted(session, now);
    }

    /** How far a session has come. */
    synchronized Decision<Registration> state(SessionId id, Instant now) {
        Optional<Session> session = find(id, now);
        return session.isPresent() ? granted(session.get(), now) : none();
    }

    /** Has the code sent: it counts as sent until {@link #notSent} says otherwise. */
    synchronized Decision<Outgoing> requestCode(SessionId id, Instant now) {
        Optional<Session> found = find(id, now);
        if (found.isEmpty()) {
            return none();
        }
        Session session = found.get();
        Duration wait = numbers.untilCode(session.mark, now);
        if (!wait.isZero()) {
            return refused(tooMany(1, wait)
                    .withAlternatives(session.sent ? Alternative.SUBMIT_CODE : Alternative.REQUEST_CODE));
        }
        if (!now.isBefore(minute.plus(MINUTE))) {
            minute = now;
            codesInMinute = 0;
        }
        if (codesInMinute >= bounds.codesAMinute()) {
            return refused(Problem.of(ProblemType.SMS_UNAVAILABLE)
                    .withRetryAfter(Duration.between(now, minute.plus(MINUTE)))
                    .withAlternatives(Alternative.REQUEST_CODE));
        }
        codesInMinute++;
        numbers.sent(session.mark, now);
        boolean again = session.sent;
        session.sent = true;
        return new Decision.Granted<>(new Outgoing(
                session.request.number().copy(), new String(session.code, StandardCharsets.US_ASCII), again));
    }

    /** The code was not sent, for certain: it may be asked for at once. */
    synchronized void notSent(SessionId id, Outgoing code, Instant now) {
        find(id, now).ifPresent(session -> {
            session.sent = code.again();
            numbers.notSent(session.mark);
        });
    }

    /** Compares a code, in the same time whatever it is. Whoever is given the request wipes its number. */
    synchronized Decision<SessionRequest> submit(SessionId id, String code, Instant now) {
        Optional<Session> found = find(id, now);
        if (found.isEmpty()) {
            return none();
        }
        Session session = found.get();
        if (!session.sent) {
            return refused(Problem.of(ProblemType.OUT_OF_TURN).withAlternatives(Alternative.REQUEST_CODE));
        }
        if (MessageDigest.isEqual(session.code, code.getBytes(StandardCharsets.US_ASCII))) {
            SessionRequest request = session.request;
            return new Decision.Granted<>(new SessionRequest(
                    request.number().copy(), request.account(), request.permitKey(), request.nonce()));
        }
        session.tries--;
        if (session.tries > 0) {
            return refused(Problem.of(ProblemType.WRONG_CODE)
                    .withLimit(session.tries)
                    .withAlternatives(Alternative.SUBMIT_CODE, Alternative.REQUEST_CODE));
        }
        end(id);
        return refused(Problem.of(ProblemType.GONE).withAlternatives(Alternative.OPEN_SESSION));
    }

    /** It has what it was for, and is forgotten. */
    synchronized void end(SessionId id) {
        Session session = open.remove(id);
        if (session != null) {
            session.wipe();
        }
    }

    /** Forgets what is over; called now and then, so that it happens without requests too. */
    synchronized void forget(Instant now) {
        Iterator<Session> oldest = open.values().iterator();
        while (oldest.hasNext()) {
            Session session = oldest.next();
            if (now.isBefore(session.ends)) {
                return;
            }
            session.wipe();
            oldest.remove();
        }
    }

    synchronized int size() {
        return open.size();
    }

    private Optional<Session> find(SessionId id, Instant now) {
        forget(now);
        return Optional.ofNullable(open.get(id));
    }

    private Decision<Registration> granted(Session session, Instant now) {
        return new Decision.Granted<>(session.shown(numbers.untilCode(session.mark, now), now));
    }

    private static <T> Decision<T> none() {
        return refused(Problem.of(ProblemType.NOT_FOUND).withAlternatives(Alternative.OPEN_SESSION));
    }

    private static Problem tooMany(int bound, Duration wait) {
        return Problem.of(ProblemType.TOO_MANY_REQUESTS).withLimit(bound).withRetryAfter(wait);
    }

    private static <T> Decision<T> refused(Problem problem) {
        return new Decision.Refused<>(problem);
    }

    private byte[] code() {
        return String.format(Locale.ROOT, "%06d", random.nextInt(CODES)).getBytes(StandardCharsets.US_ASCII);
    }

    private Opaque bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }
}
