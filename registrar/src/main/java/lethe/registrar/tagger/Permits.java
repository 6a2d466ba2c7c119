package lethe.registrar.tagger;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import lethe.core.identity.DeviceKey;
import lethe.core.permit.Permission;
import lethe.core.permit.PermissionVerdict;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.TaggerBodies.Evaluate;

/** Admits those whom verifiers have signed a permit for, each as often as its pseudonym has something left. */
final class Permits implements Admission {
    private final Set<DeviceKey> verifiers;
    private final Accounts accounts;
    private final Clock clock;

    Permits(Set<DeviceKey> verifiers, Accounts accounts, Clock clock) {
        this.verifiers = Set.copyOf(verifiers);
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public Optional<Problem> refusal(Evaluate request) {
        Permission permission = request.permission();
        if (permission == null) {
            return Optional.of(
                    Problem.of(ProblemType.NOT_AUTHENTIC, "a permission is missing: prove a number to a verifier"));
        }
        Instant now = clock.instant();
        PermissionVerdict verdict =
                permission.judge(verifiers, request.version(), request.blinded(), now, FastSignatures::hold);
        if (verdict instanceof PermissionVerdict.Refused refused) {
            return Optional.of(problem(refused.reason()));
        }
        PermissionVerdict.Holds holds = (PermissionVerdict.Holds) verdict;
        // A verifier has bounds of its own, and could sign itself any pseudonym.
        return holds.ofVerifier()
                ? accounts.note(holds.pseudonym(), permission.nonce(), now)
                : accounts.take(
                        holds.pseudonym(), permission.nonce(), request.blinded().size(), now);
    }

    private static Problem problem(PermissionVerdict.Reason reason) {
        return switch (reason) {
            case FORGED -> Problem.of(ProblemType.NOT_AUTHENTIC);
            case EXPIRED ->
                Problem.of(ProblemType.NOT_AUTHENTIC, "the permit has expired: prove the number to a verifier again");
            case OTHER_TIME ->
                Problem.of(
                        ProblemType.REPLAYED, "created is not within " + Permission.WINDOW.toSeconds() + " s of now");
        };
    }
}
