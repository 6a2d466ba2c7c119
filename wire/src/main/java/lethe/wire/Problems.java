package lethe.wire;

import static lethe.wire.Formats.ALTERNATIVE;
import static lethe.wire.Formats.DEVICE_ID;
import static lethe.wire.Formats.FLAG;
import static lethe.wire.Formats.LIST_VERSION;
import static lethe.wire.Formats.MILLIS;
import static lethe.wire.Formats.NUMBER;
import static lethe.wire.Formats.STATUS;
import static lethe.wire.Formats.TEXT;
import static lethe.wire.Formats.listOf;
import static lethe.wire.Formats.word;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import lethe.core.identity.DeviceId;
import lethe.core.protocol.Difference;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * A problem as it is on the wire (RFC 9457).
 *
 * <p>Title, status and {@code retryable} follow from the type. They are written for people, proxies and clients that do
 * not have the registry; a reader that has it goes by the type alone.
 */
final class Problems {
    static final String REGISTRY = "/problems#";

    private static final Format<ProblemType> TYPE = word(ProblemType.values(), type -> REGISTRY + type.word());

    static final Shape<Problem> SHAPE = shape();

    private Problems() {}

    private static Shape<Problem> shape() {
        var fields = Shape.fieldsOf(Problem.class);
        var type = fields.required(1, "type", TYPE, Problem::type);
        fields.required(2, "title", TEXT, problem -> problem.type().title());
        fields.required(3, "status", STATUS, problem -> problem.type().status());
        var detail = fields.optional(4, "detail", TEXT, Problem::detail);
        fields.required(5, "retryable", FLAG, problem -> problem.type().retryable());
        var limit = fields.optional(6, "limit", NUMBER, Problem::limit);
        var retryAfter = fields.optional(7, "retry_after_ms", MILLIS, Problem::retryAfter);
        var devices = ids(fields, 8, "devices", Difference::devices);
        var alternatives = fields.list(9, "alternatives", listOf(ALTERNATIVE), Problem::alternatives);
        var list = fields.optional(10, "list", LIST_VERSION, Problems::listIn);
        var missing = ids(fields, 11, "missing", Difference::missing);
        var extra = ids(fields, 12, "extra", Difference::extra);
        var stale = ids(fields, 13, "stale", Difference::stale);
        var limitName = fields.optional(14, "limit_name", TEXT, Problem::limitName);
        return fields.make(values -> new Problem(
                values.get(type),
                values.find(detail),
                values.find(limit),
                values.find(retryAfter),
                new Difference(
                        Objects.requireNonNullElse(values.find(list), 0L),
                        values.get(devices),
                        values.get(missing),
                        values.get(extra),
                        values.get(stale)),
                values.get(alternatives),
                values.find(limitName)));
    }

    private static Field<Problem, List<DeviceId>> ids(
            Shape.Builder<Problem> fields, int key, String name, Function<Difference, List<DeviceId>> part) {
        return fields.list(key, name, listOf(DEVICE_ID), problem -> part.apply(problem.difference()));
    }

    private static @Nullable Long listIn(Problem problem) {
        long version = problem.difference().list();
        return version == 0 ? null : version;
    }
}
