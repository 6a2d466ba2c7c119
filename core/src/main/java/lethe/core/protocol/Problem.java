package lethe.core.protocol;

import java.time.Duration;
import java.util.List;
import lethe.core.limit.Limit;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as the phone sees it (RFC 9457). It never echoes an identifier.
 *
 * @param type from the registry
 * @param detail what exactly is wrong, for a developer; null if the title says it all
 * @param limit the bound that was hit, in its own unit; null if none was
 * @param retryAfter when to try again; null if there is no better answer than back-off
 * @param difference to the recipient's devices, with {@link ProblemType#DEVICES_DIFFER} only
 * @param alternatives what else can be done, of a verifier only
 * @param limitName the name of the limit that was exhausted, of {@link Limit}; null if none was
 */
public record Problem(
        ProblemType type,
        @Nullable String detail,
        @Nullable Long limit,
        @Nullable Duration retryAfter,
        Difference difference,
        List<Alternative> alternatives,
        @Nullable String limitName) {
    public Problem {
        alternatives = List.copyOf(alternatives);
    }

    public static Problem of(ProblemType type) {
        return new Problem(type, null, null, null, Difference.NONE, List.of(), null);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, null, null, Difference.NONE, List.of(), null);
    }

    public Problem withLimit(long bound) {
        return new Problem(type, detail, bound, retryAfter, difference, alternatives, limitName);
    }

    public Problem withRetryAfter(Duration wait) {
        return new Problem(type, detail, limit, wait, difference, alternatives, limitName);
    }

    public Problem with(Difference known) {
        return new Problem(type, detail, limit, retryAfter, known, alternatives, limitName);
    }

    public Problem withAlternatives(Alternative... others) {
        return new Problem(type, detail, limit, retryAfter, difference, List.of(others), limitName);
    }

    /** Says which limit was exhausted. */
    public Problem by(Limit exhausted) {
        return new Problem(type, detail, limit, retryAfter, difference, alternatives, exhausted.word());
    }
}
