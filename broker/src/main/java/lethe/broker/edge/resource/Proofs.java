package lethe.broker.edge.resource;

import java.time.Clock;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Tag;
import lethe.core.ownership.Ownership;
import lethe.core.ownership.OwnershipVerdict;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.subscriber.Applicant;
import lethe.core.subscriber.Shown;
import org.jspecify.annotations.Nullable;

/** Checks what somebody who opts in shows for an account: its list, and that the number is its own. */
public final class Proofs {
    private final RegistrationSettings settings;
    private final Clock clock;

    public Proofs(RegistrationSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** What it is worth. */
    public sealed interface Judgement {
        /**
         * It may be what it says.
         *
         * @param account null for a device that shows none
         * @param statement that makes the proof; null if there is none
         * @param without what the proof is if the statement was used before
         */
        record Fit(
                @Nullable Account account,
                Applicant.Proof proof,
                @Nullable Shown statement,
                Applicant.Proof without) implements Judgement {
            Fit(@Nullable Account account, Applicant.Proof proof) {
                this(account, proof, null, proof);
            }
        }

        record Refused(Problem problem) implements Judgement {}
    }

    /**
     * Judges it.
     *
     * @param claim null for a device that shows none
     * @param device that shows it
     * @param tag the address
     */
    public Judgement judge(Bodies.@Nullable AccountClaim claim, Device device, Tag tag) {
        if (claim == null) {
            return new Judgement.Fit(null, Applicant.Proof.NONE);
        }
        if (!claim.list().contains(device) || !claim.list().isSignedBy(claim.key(), tag)) {
            return refused(
                    ProblemType.NOT_AUTHENTIC, "The list has not this device, or the account's key did not sign it.");
        }
        Account account = Account.of(claim.key(), claim.list());
        Applicant.Proof without = settings.open() ? Applicant.Proof.NOT_ASKED : Applicant.Proof.NONE;
        Ownership shown = claim.ownership();
        if (shown == null || settings.verifiers().isEmpty()) {
            return new Judgement.Fit(account, without);
        }
        if (!shown.tag().equals(tag) || !shown.account().equals(claim.key())) {
            return refused(ProblemType.NOT_PROVEN, "the statement is about somebody else");
        }
        return switch (worth(shown)) {
            case HOLDS ->
                new Judgement.Fit(account, Applicant.Proof.SHOWN, new Shown(shown.nonce(), shown.expires()), without);
            // Phones keep what they were given; who is on file, or waits, needs no proof any more.
            case EXPIRED -> new Judgement.Fit(account, without);
            case NOTHING -> refused(ProblemType.NOT_PROVEN, "no verifier of this broker has signed the statement");
        };
    }

    private enum Worth {
        HOLDS,
        EXPIRED,
        NOTHING
    }

    private Worth worth(Ownership shown) {
        Worth worth = Worth.NOTHING;
        for (DeviceKey verifier : settings.verifiers()) {
            OwnershipVerdict verdict = shown.judge(verifier, clock.instant());
            if (verdict instanceof OwnershipVerdict.Holds) {
                return Worth.HOLDS;
            }
            if (((OwnershipVerdict.Refused) verdict).reason() == OwnershipVerdict.Reason.EXPIRED) {
                worth = Worth.EXPIRED;
            }
        }
        return worth;
    }

    private static Judgement refused(ProblemType type, String detail) {
        return new Judgement.Refused(Problem.of(type, detail));
    }
}
