package lethe.core.protocol;

import java.time.Duration;
import java.util.List;
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
 */
public record Problem(
        ProblemType type,
        @Nullable String detail,
        @Nullable Long limit,
        @Nullable Duration retryAfter,
        Difference difference,
        List<Alternative> alternatives) {
    public Problem {
        alternatives = List.copyOf(alternatives);
    }

    public static Problem of(ProblemType type) {
        return new Problem(type, null, null, null, Difference.NONE, List.of());
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, null, null, Difference.NONE, List.of());
    }

    public Problem withLimit(long bound) {
        return new Problem(type, detail, bound, retryAfter, difference, alternatives);
    }

    public Problem withRetryAfter(Duration wait) {
        return new Problem(type, detail, limit, wait, difference, alternatives);
    }

    public Problem with(Difference known) {
        return new Problem(type, detail, limit, retryAfter, known, alternatives);
    }

    public Problem withAlternatives(Alternative... others) {
        return new Problem(type, detail, limit, retryAfter, difference, List.of(others));
    }
}
