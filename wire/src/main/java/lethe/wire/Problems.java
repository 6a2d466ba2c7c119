package lethe.wire;

import static lethe.wire.Formats.ALTERNATIVE;
import static lethe.wire.Formats.DEVICE_ID;
import static lethe.wire.Formats.FLAG;
import static lethe.wire.Formats.MILLIS;
import static lethe.wire.Formats.NUMBER;
import static lethe.wire.Formats.STATUS;
import static lethe.wire.Formats.TEXT;
import static lethe.wire.Formats.listOf;
import static lethe.wire.Formats.word;

import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;

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
        var devices = fields.list(8, "devices", listOf(DEVICE_ID), Problem::devices);
        var alternatives = fields.list(9, "alternatives", listOf(ALTERNATIVE), Problem::alternatives);
        return fields.make(values -> new Problem(
                values.get(type),
                values.find(detail),
                values.find(limit),
                values.find(retryAfter),
                values.get(devices),
                values.get(alternatives)));
    }
}
