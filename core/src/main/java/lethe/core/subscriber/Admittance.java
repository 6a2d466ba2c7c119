package lethe.core.subscriber;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import lethe.core.account.Account;
import lethe.core.account.DeviceList;
import lethe.core.account.Pin;
import lethe.core.account.PinProof;
import lethe.core.account.Takeover;
import lethe.core.identity.DeviceKey;
import lethe.core.limit.Limit;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose an address is. Who proves nothing where proof is asked for hears the same of an address that is free
 * and of one that is not.
 */
public final class Admittance {
    private final Duration hold;

    /**
     * Under the rules of an installation.
     *
     * @param hold how long a new account for an address in use waits, so that the old one can object
     */
    public Admittance(Duration hold) {
        this.hold = hold;
    }

    /** What is said to somebody. */
    public sealed interface Verdict {
        /** The address is this account's, in this form. */
        record Enters(Account account) implements Verdict {}

        /**
         * The address is another account's; this claim is to be kept.
         *
         * @param current the other account, as it is to be kept: it counts the wrong tries at its PIN
         * @param problem what the claimant is told
         */
        record Waits(Takeover takeover, Account current, Problem problem) implements Verdict {}

        record Refused(Problem problem) implements Verdict {}
    }

    /** Judges who opts in. */
    public Verdict judge(SubscriberState state, Applicant applicant, Instant now) {
        Account current = state.account().orElse(null);
        Account claimed = applicant.account();
        if (claimed == null) {
            return returning(current, applicant);
        }
        if (claimed.list().isAhead(now)) {
            return ahead();
        }
        if (current == null) {
            return applicant.proof() == Applicant.Proof.NONE
                    ? refused(ProblemType.NOT_PROVEN)
                    : new Verdict.Enters(claimed);
        }
        return claimed.key().equals(current.key())
                ? relisted(current, claimed.list())
                : rival(state, current, applicant, claimed, now);
    }

    /** Judges a list that one of the account's own devices brings. */
    public Verdict judge(SubscriberState state, DeviceKey account, DeviceList list, Instant now) {
        Account current = state.account().orElse(null);
        if (current == null || !current.key().equals(account)) {
            return refused(ProblemType.OTHER_ACCOUNT);
        }
        return list.isAhead(now) ? ahead() : relisted(current, list);
    }

    private static Verdict ahead() {
        return new Verdict.Refused(Problem.of(ProblemType.MALFORMED, "the version of the list is of a time to come"));
    }

    private static Verdict returning(@Nullable Account current, Applicant applicant) {
        return current != null && current.list().contains(applicant.device())
                ? new Verdict.Enters(current)
                : refused(ProblemType.OTHER_DEVICE);
    }

    private static Verdict relisted(Account current, DeviceList list) {
        if (list.equals(current.list())) {
            return new Verdict.Enters(current);
        }
        return list.version() > current.list().version() ? new Verdict.Enters(current.with(list)) : stale(current);
    }

    private static Verdict stale(Account current) {
        return new Verdict.Refused(
                Problem.of(ProblemType.STALE_LIST).withLimit(current.list().version()));
    }

    private Verdict rival(SubscriberState state, Account current, Applicant applicant, Account claimed, Instant now) {
        Verdict claim = claim(state.takeover().orElse(null), current, applicant, claimed, now);
        if (claim instanceof Verdict.Refused) {
            return claim;
        }
        // Senders name lists by their versions alone: none of the former account's may mean one of the next.
        if (claimed.list().version() <= current.list().version()) {
            return stale(current);
        }
        Pin pin = current.pin();
        PinProof given = applicant.pin();
        return claim instanceof Verdict.Waits waits && pin != null && given != null
                ? tried(current, pin, given, waits.takeover(), now)
                : claim;
    }

    /**
     * What becomes of somebody's claim to an address in use, before anything is said of a PIN. A claim that waits is
     * not begun anew by repeating it; another one takes its place.
     */
    private Verdict claim(
            @Nullable Takeover waiting, Account current, Applicant applicant, Account claimed, Instant now) {
        if (waiting != null && waiting.account().key().equals(claimed.key()) && !waiting.isLapsed(now)) {
            return again(waiting, current, applicant, claimed, now);
        }
        return switch (applicant.proof()) {
            case NONE -> refused(ProblemType.NOT_PROVEN);
            case NOT_ASKED -> refused(ProblemType.OTHER_ACCOUNT);
            case SHOWN -> waits(begun(waiting, claimed, applicant, now), current, now);
        };
    }

    /** Its list may have become a newer one, but no older one; and the policy to which it agrees a later one. */
    private static Verdict again(Takeover waiting, Account current, Applicant applicant, Account claimed, Instant now) {
        Verdict listed = relisted(waiting.account(), claimed.list());
        if (!(listed instanceof Verdict.Enters enters)) {
            return listed;
        }
        if (waiting.isRipe(now)) {
            return waiting.objected() && applicant.proof() != Applicant.Proof.SHOWN
                    ? refused(ProblemType.NOT_PROVEN)
                    : listed;
        }
        boolean later = applicant.consent().epoch() > waiting.consent().epoch();
        Takeover kept = waiting.with(enters.account(), later ? applicant.consent() : waiting.consent());
        return waits(kept, current, now);
    }

    /** Whoever has number and PIN is the owner, and keeps the PIN. Who has tried too often waits like others. */
    private static Verdict tried(Account current, Pin pin, PinProof proof, Takeover takeover, Instant now) {
        if (pin.left() == 0) {
            return waits(takeover, current, wrong(pin), takeover.ends(), now);
        }
        if (now.isBefore(pin.next())) {
            return waits(
                    takeover, current, Problem.of(ProblemType.TOO_MANY_REQUESTS).by(Limit.PIN_PACE), pin.next(), now);
        }
        if (pin.isKnownTo(proof)) {
            return new Verdict.Enters(takeover.account().withPin(Pin.of(pin.key())));
        }
        Pin missed = pin.missed(now);
        Instant next = missed.left() == 0 ? takeover.ends() : missed.next();
        return waits(takeover, current.withPin(missed), wrong(missed), next, now);
    }

    private static Problem wrong(Pin pin) {
        Problem wrong = Problem.of(ProblemType.PIN_WRONG).withLimit(pin.left());
        return pin.left() == 0 ? wrong.by(Limit.PIN_TRIES) : wrong;
    }

    private static Verdict waits(Takeover takeover, Account current, Instant now) {
        return waits(takeover, current, Problem.of(ProblemType.ACCOUNT_WAITS), takeover.ends(), now);
    }

    private static Verdict waits(Takeover takeover, Account current, Problem problem, Instant until, Instant now) {
        return new Verdict.Waits(takeover, current, problem.withRetryAfter(Duration.between(now, until)));
    }

    /** To the millisecond, as it is stored and told. An objection to another claim holds against this one too. */
    private Takeover begun(@Nullable Takeover other, Account claimed, Applicant applicant, Instant now) {
        Instant held = now.plus(hold).truncatedTo(ChronoUnit.MILLIS);
        return other != null && other.objected() && other.ends().isAfter(held)
                ? new Takeover(claimed, applicant.consent(), other.ends(), true)
                : new Takeover(claimed, applicant.consent(), held);
    }

    private static Verdict refused(ProblemType type) {
        return new Verdict.Refused(Problem.of(type));
    }
}
