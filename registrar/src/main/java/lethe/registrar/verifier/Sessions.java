package lethe.registrar.verifier;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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
import lethe.core.protocol.VerifierBodies.TextToSend;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a verifier: decides what may be done next, performs nothing, reads no clock. Safe for use by many
 * threads.
 *
 * <p>Whoever is given a number here has a copy, and wipes it. The session's own is wiped when it ends: by its
 * statement, its last try or its time. A text that came proves the number as well as a code: until the session ends,
 * its statement may be claimed.
 */
final class Sessions {
    private static final int CODES = 1_000_000;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Bounds bounds;
    private final RandomGenerator random;
    private final Numbers numbers;
    /** Oldest first: all live equally long. */
    private final Map<SessionId, Session> open = new LinkedHashMap<>();

    /** Those of them that a text can prove, by that text. */
    private final Map<String, Session> byText = new HashMap<>();

    private final @Nullable String shortCode;
    private final MinuteCount codes;
    private final MinuteCount texts;

    /**
     * None yet.
     *
     * @param random a cryptographically strong source
     * @param shortCode to which phones may send texts; null if none are taken
     */
    Sessions(Bounds bounds, RandomGenerator random, @Nullable String shortCode) {
        this.bounds = bounds;
        this.random = random;
        this.numbers = new Numbers(bounds, random);
        this.shortCode = shortCode;
        this.codes = new MinuteCount(bounds.codesAMinute());
        this.texts = new MinuteCount(bounds.textsAMinute());
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
            return refused(Problem.of(ProblemType.OVERLOADED).withRetryAfter(MinuteCount.MINUTE));
        }
        Optional<Duration> wait = numbers.open(mark, now);
        if (wait.isPresent()) {
            request.number().wipe();
            // Of an older session, whose text holds as long as its code.
            Alternative[] ofAnOlder = shortCode == null
                    ? new Alternative[] {Alternative.SUBMIT_CODE}
                    : new Alternative[] {Alternative.SUBMIT_CODE, Alternative.SEND_TEXT};
            return refused(tooMany(bounds.sessionsOfANumber(), wait.get()).withAlternatives(ofAnOlder));
        }
        TextToSend text = shortCode == null ? null : new TextToSend(shortCode, SessionText.draw(random));
        Session session = new Session(
                new SessionId(bytes(SessionId.LENGTH)),
                request,
                mark,
                now.plus(bounds.life()),
                code(),
                text,
                bounds.tries());
        open.put(session.id, session);
        if (text != null) {
            byText.put(text.text(), session);
        }
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
                    .withAlternatives(
                            session.alternatives(session.sent ? Alternative.SUBMIT_CODE : Alternative.REQUEST_CODE)));
        }
        if (!codes.take(now)) {
            return refused(Problem.of(ProblemType.SMS_UNAVAILABLE)
                    .withRetryAfter(codes.left(now))
                    .withAlternatives(session.alternatives(Alternative.REQUEST_CODE)));
        }
        numbers.sent(session.mark, now);
        boolean again = session.sent;
        session.sent = true;
        return new Decision.Granted<>(new Outgoing(
                session.request.number().copy(), new String(session.code, StandardCharsets.US_ASCII), again));
    }

    /** The code was not sent, for certain: it may be asked for again soon, and that is what the phone is told. */
    synchronized Decision<Registration> notSent(SessionId id, Outgoing code, Instant now) {
        Optional<Session> found = find(id, now);
        if (found.isEmpty()) {
            return none();
        }
        Session session = found.get();
        session.sent = code.again();
        numbers.notSent(session.mark);
        return refused(Problem.of(ProblemType.SMS_UNAVAILABLE)
                .withRetryAfter(SOON)
                .withAlternatives(session.alternatives(Alternative.REQUEST_CODE)));
    }

    /** Compares a code, in the same time whatever it is. Whoever is given the request wipes its number. */
    synchronized Decision<SessionRequest> submit(SessionId id, String code, Instant now) {
        Optional<Session> found = find(id, now);
        if (found.isEmpty()) {
            return none();
        }
        Session session = found.get();
        if (!session.sent) {
            return refused(Problem.of(ProblemType.OUT_OF_TURN)
                    .withAlternatives(session.alternatives(Alternative.REQUEST_CODE)));
        }
        if (MessageDigest.isEqual(session.code, code.getBytes(StandardCharsets.US_ASCII))) {
            return new Decision.Granted<>(copy(session.request));
        }
        session.tries--;
        if (session.tries > 0) {
            return refused(Problem.of(ProblemType.WRONG_CODE)
                    .withLimit(session.tries)
                    .withAlternatives(session.alternatives(Alternative.SUBMIT_CODE, Alternative.REQUEST_CODE)));
        }
        end(id);
        return refused(Problem.of(ProblemType.GONE).withAlternatives(Alternative.OPEN_SESSION));
    }

    /**
     * Hears a text. Numbers are compared as their marks, in the same time whatever they are.
     *
     * @param sender stays the caller's
     */
    synchronized Heard hear(PlainIdentifier sender, String text, Instant now) {
        forget(now);
        if (!texts.take(now)) {
            return Heard.TOO_MANY;
        }
        Optional<Session> named = SessionText.read(text).map(byText::get);
        if (named.isEmpty()) {
            return Heard.UNKNOWN;
        }
        Session session = named.get();
        if (!MessageDigest.isEqual(numbers.mark(sender).shared(), session.mark.shared())) {
            return Heard.OTHER_SENDER;
        }
        session.proven = true;
        return Heard.PROVEN;
    }

    /** What a text has proven. Whoever is given the request wipes its number. */
    synchronized Decision<SessionRequest> claim(SessionId id, Instant now) {
        Optional<Session> found = find(id, now);
        if (found.isEmpty()) {
            return none();
        }
        Session session = found.get();
        return session.proven
                ? new Decision.Granted<>(copy(session.request))
                : refused(Problem.of(ProblemType.OUT_OF_TURN)
                        .withAlternatives(session.alternatives(
                                session.sent ? Alternative.SUBMIT_CODE : Alternative.REQUEST_CODE)));
    }

    private static SessionRequest copy(SessionRequest request) {
        return new SessionRequest(request.number().copy(), request.account(), request.permitKey(), request.nonce());
    }

    /** It has what it was for, and is forgotten. */
    synchronized void end(SessionId id) {
        Session session = open.remove(id);
        if (session != null) {
            forget(session);
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
            oldest.remove();
            forget(session);
        }
    }

    private void forget(Session session) {
        if (session.text != null) {
            byText.remove(session.text.text());
        }
        session.wipe();
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
