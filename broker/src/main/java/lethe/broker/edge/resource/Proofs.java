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
        record Fit(@Nullable Account account, Applicant.Proof proof) implements Judgement {}

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
            return refused(ProblemType.NOT_AUTHENTIC, "the list of devices");
        }
        Account account = Account.of(claim.key(), claim.list());
        Ownership shown = claim.ownership();
        if (shown == null || settings.verifiers().isEmpty()) {
            return new Judgement.Fit(account, settings.open() ? Applicant.Proof.NOT_ASKED : Applicant.Proof.NONE);
        }
        return isAbout(shown, claim.key(), tag)
                ? new Judgement.Fit(account, Applicant.Proof.SHOWN)
                : refused(ProblemType.NOT_PROVEN, "the statement does not hold");
    }

    private boolean isAbout(Ownership shown, DeviceKey account, Tag tag) {
        for (DeviceKey verifier : settings.verifiers()) {
            if (shown.judge(verifier, clock.instant()) instanceof OwnershipVerdict.Holds holds) {
                return holds.tag().equals(tag) && holds.account().equals(account);
            }
        }
        return false;
    }

    private static Judgement refused(ProblemType type, String detail) {
        return new Judgement.Refused(Problem.of(type, detail));
    }
}
