package lethe.core.protocol;

import java.time.Duration;
import java.util.List;
import lethe.core.identity.DeviceId;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as the phone sees it (RFC 9457). It never echoes an identifier.
 *
 * @param type from the registry
 * @param detail what exactly is wrong, for a developer; null if the title says it all
 * @param limit the bound that was hit, in its own unit; null if none was
 * @param retryAfter when to try again; null if there is no better answer than back-off
 * @param devices the recipient's devices, with {@link ProblemType#DEVICES_DIFFER} only
 * @param alternatives what else can be done, of a verifier only
 */
public record Problem(
        ProblemType type,
        @Nullable String detail,
        @Nullable Long limit,
        @Nullable Duration retryAfter,
        List<DeviceId> devices,
        List<Alternative> alternatives) {
    public Problem {
        devices = List.copyOf(devices);
        alternatives = List.copyOf(alternatives);
    }

    public static Problem of(ProblemType type) {
        return new Problem(type, null, null, null, List.of(), List.of());
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, null, null, List.of(), List.of());
    }

    public Problem withLimit(long bound) {
        return new Problem(type, detail, bound, retryAfter, devices, alternatives);
    }

    public Problem withRetryAfter(Duration wait) {
        return new Problem(type, detail, limit, wait, devices, alternatives);
    }

    public Problem withDevices(List<DeviceId> known) {
        return new Problem(type, detail, limit, retryAfter, known, alternatives);
    }

    public Problem withAlternatives(Alternative... others) {
        return new Problem(type, detail, limit, retryAfter, devices, List.of(others));
    }
}
