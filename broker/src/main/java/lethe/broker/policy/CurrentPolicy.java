package lethe.broker.policy;

import lethe.core.consent.Policy;
import lethe.core.consent.SignedPolicy;
import lethe.core.protocol.Bodies;

/** The policy in force on this node. It only ever rises. Safe for use by many threads. */
public final class CurrentPolicy {
    private volatile Held held;

    private record Held(Policy policy, Bodies.PolicyInForce shown) {}

    /** The policy of the settings, which nobody has signed. */
    public CurrentPolicy(Policy policy, String text) {
        this.held = new Held(policy, Bodies.PolicyInForce.of(policy, text));
    }

    /** Asked for each message: costs nothing. */
    public Policy policy() {
        return held.policy;
    }

    /** As it is shown to phones, with its text. */
    public Bodies.PolicyInForce shown() {
        return held.shown;
    }

    /** Whether this may take its place: with a higher epoch, or as the signed form of the very same. */
    boolean yieldsTo(SignedPolicy other) {
        Held now = held;
        boolean higher = other.policy().epoch() > now.policy.epoch();
        return higher
                || (other.policy().equals(now.policy) && now.shown.signed().isEmpty());
    }

    /**
     * Puts a policy in force whose signature holds, unless this or a later one is. From then on every consent to an
     * older epoch counts as none.
     */
    synchronized void rise(SignedPolicy signed) {
        if (yieldsTo(signed)) {
            held = new Held(signed.policy(), Bodies.PolicyInForce.of(signed));
        }
    }
}
