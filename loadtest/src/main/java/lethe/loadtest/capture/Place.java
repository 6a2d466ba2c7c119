package lethe.loadtest.capture;

import java.util.Set;
import lethe.loadtest.evidence.Evidence;

/**
 * What was taken from one place, and what may be in it.
 *
 * @param allowed kinds that are there by necessity
 */
record Place(Party party, Evidence evidence, Set<IdentifierKind> allowed) {
    Place {
        allowed = Set.copyOf(allowed);
    }

    /** A place where nothing may be. */
    static Place clean(Party party, Evidence evidence) {
        return new Place(party, evidence, Set.of());
    }

    /** A place where the numbers of phones that register may be. */
    static Place withNumbers(Party party, Evidence evidence) {
        return new Place(party, evidence, Set.of(IdentifierKind.OWN_NUMBER));
    }
}
