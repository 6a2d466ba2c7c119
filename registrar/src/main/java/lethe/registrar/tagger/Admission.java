package lethe.registrar.tagger;

import java.util.Optional;
import lethe.core.protocol.Problem;
import lethe.core.protocol.TaggerBodies.Evaluate;

/** Who may ask, and how often. Safe for use by many threads. */
@FunctionalInterface
interface Admission {
    /** Why a request is not answered; empty if it is, and it then counts. */
    Optional<Problem> refusal(Evaluate request);

    /** Everybody, as often as they like. */
    static Admission everybody() {
        return request -> Optional.empty();
    }
}
