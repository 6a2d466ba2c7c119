package lethe.broker.limit;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import lethe.core.limit.Limit;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.jspecify.annotations.Nullable;

/** The limits in force on a node, and how often each was exhausted since it started. Safe for use by many threads. */
public final class Limits {
    private final Map<Limit, String> bounds;
    private final Map<Limit, LongAdder> refused = new EnumMap<>(Limit.class);
    private final Map<String, Limit> byWord = new HashMap<>();

    private Limits(Map<Limit, String> bounds) {
        this.bounds = bounds;
        for (Limit limit : Limit.values()) {
            refused.put(limit, new LongAdder());
            byWord.put(limit.word(), limit);
        }
    }

    /** None was exhausted yet. Reads the bounds, as people read them, of a configuration that has all keys. */
    public static Limits from(Config whole) {
        Map<Limit, String> bounds = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            bounds.put(
                    limit,
                    limit.bound(limit.keys().stream().map(whole::getString).toList()));
        }
        return new Limits(bounds);
    }

    /** Counts somebody's exceeding of a limit. */
    public void refused(Limit limit) {
        counter(limit).increment();
    }

    /** Counts it if a limit is the reason of the problem. */
    public void refused(Problem problem) {
        String name = problem.limitName();
        Limit limit = name == null ? null : find(name);
        if (limit != null) {
            refused(limit);
        }
    }

    private @Nullable Limit find(String word) {
        return byWord.get(word);
    }

    /** Counts somebody's exceeding of a rate, and makes the refusal that says when it will do. */
    public Problem refusal(Limit limit, Duration wait) {
        refused(limit);
        return Problem.of(ProblemType.TOO_MANY_REQUESTS).withRetryAfter(wait).by(limit);
    }

    /** How often a limit was exhausted. */
    public long count(Limit limit) {
        return counter(limit).sum();
    }

    private LongAdder counter(Limit limit) {
        return Objects.requireNonNull(refused.get(limit));
    }

    /** For people: a line for each. */
    public String toTable() {
        List<String> lines = new ArrayList<>();
        lines.add(line("limit", "for each", "bound", "refused"));
        bounds.forEach(
                (limit, bound) -> lines.add(line(limit.word(), limit.scope().word(), bound, count(limit))));
        return String.join("\n", lines) + "\n";
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, "%-22s %-11s %-34s %8s", cells);
    }

    /** For programs: an object on one line. No word in it needs escaping. */
    public String toJson() {
        List<String> items = new ArrayList<>();
        bounds.forEach((limit, bound) -> items.add(String.format(
                Locale.ROOT,
                "{\"limit\":\"%s\",\"scope\":\"%s\",\"counted\":\"%s\",\"bound\":\"%s\",\"refused\":%d}",
                limit.word(),
                limit.scope().word(),
                limit.counted(),
                bound,
                count(limit))));
        return "{\"limits\":[" + String.join(",", items) + "]}";
    }
}
