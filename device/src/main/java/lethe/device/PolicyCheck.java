package lethe.device;

import java.util.Optional;
import lethe.client.http.Answer;
import lethe.core.consent.Policy;
import lethe.core.consent.PolicyVerdict;
import lethe.core.consent.SignedPolicy;
import lethe.core.identity.DeviceKey;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.device.store.DeviceStore;
import org.jspecify.annotations.Nullable;

/**
 * What a phone believes of a policy that a broker shows. With the operator's key pinned: what is signed by it, and
 * never one with a lower epoch than it has seen. Without: that the text is the one of the hash.
 */
final class PolicyCheck {
    private final @Nullable DeviceKey operator;
    private final DeviceStore store;

    PolicyCheck(@Nullable DeviceKey operator, DeviceStore store) {
        this.operator = operator;
        this.store = store;
    }

    /** The answer itself, or a refusal in its place. */
    Answer<Bodies.PolicyInForce> judge(Answer<Bodies.PolicyInForce> answer) {
        return answer instanceof Answer.Good<Bodies.PolicyInForce> good
                ? objection(good.value())
                        .<Answer<Bodies.PolicyInForce>>map(Answer.Refused::new)
                        .orElse(answer)
                : answer;
    }

    /** What is wrong with it; empty if nothing is. */
    Optional<Problem> objection(Bodies.PolicyInForce policy) {
        if (policy.epoch() < 1 || !new Policy(policy.epoch(), policy.textHash()).isOf(policy.text())) {
            return Optional.of(Problem.of(ProblemType.OTHER_TEXT));
        }
        if (operator == null) {
            return Optional.empty();
        }
        Optional<SignedPolicy> signed = policy.signed();
        if (signed.isEmpty() || signed.get().judge(operator) != PolicyVerdict.GOOD) {
            return Optional.of(Problem.of(
                    ProblemType.NOT_AUTHENTIC,
                    "The policy is not signed with the operator's key that this phone goes by."));
        }
        return policy.epoch() < store.policySeen()
                ? Optional.of(Problem.of(ProblemType.OUTDATED_POLICY))
                : Optional.empty();
    }

    /** One that was believed: none with a lower epoch is from now on. */
    void remember(Answer<Bodies.PolicyInForce> judged) {
        if (operator != null
                && judged instanceof Answer.Good<Bodies.PolicyInForce> good
                && good.value().epoch() > store.policySeen()) {
            store.sawPolicy(good.value().epoch());
        }
    }
}
