package lethe.registrar.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The bounds of one process, as its operator wants them. Immutable. */
public final class NamedLimits {
    private final Map<String, Long> values;

    private NamedLimits(Map<String, Long> values) {
        this.values = Map.copyOf(values);
    }

    /** As they are unless they are changed. */
    public static NamedLimits usual(List<NamedLimit> all) {
        return new NamedLimits(all.stream().collect(Collectors.toMap(NamedLimit::name, NamedLimit::usual)));
    }

    /**
     * With some of them changed.
     *
     * @param changed by name
     * @return empty if there is none of that name, or it may not be changed to that
     */
    public static Optional<NamedLimits> of(List<NamedLimit> all, Map<String, Long> changed) {
        Map<String, Long> values = new HashMap<>();
        for (NamedLimit limit : all) {
            long value = changed.getOrDefault(limit.name(), limit.usual());
            if (!limit.allows(value)) {
                return Optional.empty();
            }
            values.put(limit.name(), value);
        }
        return values.keySet().containsAll(changed.keySet()) ? Optional.of(new NamedLimits(values)) : Optional.empty();
    }

    /**
     * One that counts.
     *
     * @throws IllegalArgumentException if it is none of this process
     */
    public int count(NamedLimit limit) {
        return Math.toIntExact(value(limit));
    }

    /**
     * One in seconds.
     *
     * @throws IllegalArgumentException if it is none of this process
     */
    public Duration seconds(NamedLimit limit) {
        return Duration.ofSeconds(value(limit));
    }

    /**
     * One in days.
     *
     * @throws IllegalArgumentException if it is none of this process
     */
    public Duration days(NamedLimit limit) {
        return Duration.ofDays(value(limit));
    }

    private long value(NamedLimit limit) {
        Long value = values.get(limit.name());
        if (value == null) {
            throw new IllegalArgumentException("no limit of this process");
        }
        return value;
    }
}
