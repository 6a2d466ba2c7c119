package lethe.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a node is for. A node says it of itself, and the others believe whoever has a certificate of theirs: a role
 * divides work, it gives no right.
 */
public enum Role {
    /** Phones connect here. */
    EDGE,
    /** Subscribers live here, and what is in custody. */
    SHARD;

    /** As configurations and the cluster have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
