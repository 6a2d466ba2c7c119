package lethe.seal;

import java.util.Optional;
import lethe.core.identity.Tag;

/** Whom the owner of this phone knows. */
@FunctionalInterface
public interface Pins {
    /** What is pinned for an address; empty if nothing was heard from there yet. */
    Optional<Pin> find(Tag tag);
}
