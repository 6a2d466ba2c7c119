package lethe.persistence.audit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was stored of all subscribers at a time: numbers, for each kind of row.
 *
 * @param at when the audit began
 * @param counts one for every kind
 */
public record RetentionReport(Instant at, Map<AuditedKind, RetentionCount> counts) {

    private static final JsonMapper MAPPER = new JsonMapper();

    public RetentionReport {
        var all = new EnumMap<AuditedKind, RetentionCount>(AuditedKind.class);
        for (var kind : AuditedKind.values()) {
            all.put(kind, counts.getOrDefault(kind, RetentionCount.NONE));
        }
        counts = Map.copyOf(all);
    }

    /** The count of a kind. */
    public RetentionCount count(AuditedKind kind) {
        return counts.getOrDefault(kind, RetentionCount.NONE);
    }

    /** Rows of all kinds. */
    public long rows() {
        return counts.values().stream().mapToLong(RetentionCount::rows).sum();
    }

    /** Rows that should not be there: 0, or something does not forget. */
    public long overdue() {
        return counts.values().stream().mapToLong(RetentionCount::overdue).sum();
    }

    /** One object, on one line. */
    public String toJson() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("at", at.toString()).put("rows", rows()).put("overdue", overdue());
        ArrayNode kinds = json.putArray("kinds");
        for (var kind : AuditedKind.values()) {
            put(kinds.addObject(), kind);
        }
        return json.toString();
    }

    private void put(ObjectNode json, AuditedKind kind) {
        var count = count(kind);
        json.put("table", kind.table())
                .put("kind", kind.word())
                .put("rows", count.rows())
                .put("oldest_seconds", count.oldest().toSeconds())
                .put("without_ttl", count.withoutTtl())
                .put("too_old", count.tooOld())
                .put("unowned", count.unowned())
                .put("overdue", count.overdue());
    }
}
