package lethe.device.store;

import java.time.Instant;
import java.util.Set;
import lethe.core.consent.Scope;

/**
 * The phone's own note that its owner agreed.
 *
 * @param epoch the policy epoch that was agreed to
 * @param at by the phone's clock
 */
public record GivenConsent(long epoch, Set<Scope> scopes, Instant at) {
    public GivenConsent {
        scopes = Set.copyOf(scopes);
    }
}
