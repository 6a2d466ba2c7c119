package lethe.persistence.fence;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The claims of this JVM by persistence id: how the journal learns under which number the snapshot store read. */
final class Claims {

    private final ConcurrentMap<String, Claim> claims = new ConcurrentHashMap<>();

    Optional<Claim> find(String persistenceId) {
        return Optional.ofNullable(claims.get(persistenceId));
    }

    void take(String persistenceId, Claim claim) {
        claims.put(persistenceId, claim);
    }

    /** Forgets whatever claim there is. */
    void release(String persistenceId) {
        claims.remove(persistenceId);
    }

    /** Forgets this claim, not one that came after it. */
    void release(String persistenceId, Claim claim) {
        claims.remove(persistenceId, claim);
    }

    int size() {
        return claims.size();
    }
}
