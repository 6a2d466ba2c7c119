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
    public Verdict judge(SubscriberState state, DeviceKey account, DeviceList list) {
        Account current = state.account().orElse(null);
        if (current == null || !current.key().equals(account)) {
            return refused(ProblemType.OTHER_ACCOUNT);
        }
        return relisted(current, list);
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
        return list.version() > current.list().version()
                ? new Verdict.Enters(current.with(list))
                : new Verdict.Refused(Problem.of(ProblemType.STALE_LIST)
                        .withLimit(current.list().version()));
    }

    private Verdict rival(
            SubscriberState state, Account current, Applicant applicant, Account claimed, Instant now) {
        Claim claim = claim(state.takeover().orElse(null), applicant, claimed, now);
        if (claim instanceof Claim.Decided decided) {
            return decided.verdict();
        }
        Takeover takeover = ((Claim.Open) claim).takeover();
        Pin pin = current.pin();
        return applicant.pin() == null || pin == null
                ? waits(takeover, current, Problem.of(ProblemType.ACCOUNT_WAITS), takeover.ends(), now)
                : tried(current, pin, applicant.pin(), takeover, now);
    }

    /** What becomes of somebody's claim to an address in use, before anything is said of a PIN. */
    private sealed interface Claim {
        record Decided(Verdict verdict) implements Claim {}

        record Open(Takeover takeover) implements Claim {}
    }

    /** A claim that waits is not begun anew by repeating it; another one takes its place. */
    private Claim claim(@Nullable Takeover waiting, Applicant applicant, Account claimed, Instant now) {
        if (waiting != null && waiting.account().key().equals(claimed.key()) && !waiting.isLapsed(now)) {
            return again(waiting, applicant, claimed, now);
        }
        return switch (applicant.proof()) {
            case NONE -> new Claim.Decided(refused(ProblemType.NOT_PROVEN));
            case NOT_ASKED -> new Claim.Decided(refused(ProblemType.OTHER_ACCOUNT));
            case SHOWN -> new Claim.Open(new Takeover(claimed, applicant.consent(), until(waiting, now)));
        };
    }

    /** Its list may have become a newer one, but no older one; and the policy to which it agrees a later one. */
    private static Claim again(Takeover waiting, Applicant applicant, Account claimed, Instant now) {
        Verdict listed = relisted(waiting.account(), claimed.list());
        if (!(listed instanceof Verdict.Enters enters)) {
            return new Claim.Decided(listed);
        }
        if (waiting.isRipe(now)) {
            return new Claim.Decided(
                    waiting.objected() && applicant.proof() != Applicant.Proof.SHOWN
                            ? refused(ProblemType.NOT_PROVEN)
                            : listed);
        }
        boolean later = applicant.consent().epoch() > waiting.consent().epoch();
        return new Claim.Open(waiting.with(enters.account(), later ? applicant.consent() : waiting.consent()));
    }

    /** Whoever has the number and the PIN is the owner, and keeps the PIN; who has tried too often waits like others. */
    private static Verdict tried(Account current, Pin pin, PinProof proof, Takeover takeover, Instant now) {
        if (pin.left() == 0) {
            return waits(takeover, current, wrong(pin), takeover.ends(), now);
        }
        if (now.isBefore(pin.next())) {
            return waits(takeover, current, Problem.of(ProblemType.TOO_MANY_REQUESTS), pin.next(), now);
        }
        if (pin.isKnownTo(proof)) {
            return new Verdict.Enters(takeover.account().withPin(Pin.of(pin.key())));
        }
        Pin missed = pin.missed(now);
        Instant next = missed.left() == 0 ? takeover.ends() : missed.next();
        return waits(takeover, current.withPin(missed), wrong(missed), next, now);
    }

    private static Problem wrong(Pin pin) {
        return Problem.of(ProblemType.PIN_WRONG).withLimit(pin.left());
    }

    private static Verdict waits(Takeover takeover, Account current, Problem problem, Instant until, Instant now) {
        return new Verdict.Waits(takeover, current, problem.withRetryAfter(Duration.between(now, until)));
    }

    /** To the millisecond, as it is stored and told. An objection to somebody else's claim holds against this one too. */
    private Instant until(@Nullable Takeover other, Instant now) {
        Instant held = now.plus(hold).truncatedTo(ChronoUnit.MILLIS);
        return other != null && other.objected() && other.ends().isAfter(held) ? other.ends() : held;
    }

    private static Verdict refused(ProblemType type) {
        return new Verdict.Refused(Problem.of(type));
    }
}
