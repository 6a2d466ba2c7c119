package lethe.broker.sms;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How often what came of SMS, on this node since it started: of nobody in particular. Safe for use by many threads. */
public final class SmsCounts {
    private final Map<PutOutcome, LongAdder> puts = adders(PutOutcome.class, PutOutcome.values());
    private final Map<ReportOutcome, LongAdder> reports = adders(ReportOutcome.class, ReportOutcome.values());
    private volatile @Nullable Instant lastRead;

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type, E[] values) {
        Map<E, LongAdder> adders = new EnumMap<>(type);
        for (E value : values) {
            adders.put(value, new LongAdder());
        }
        return adders;
    }

    public long count(PutOutcome outcome) {
        return of(puts, outcome).sum();
    }

    public long count(ReportOutcome outcome) {
        return of(reports, outcome).sum();
    }

    /** When the gateway answered last that was asked for reports; empty on nodes that do not ask. */
    public Optional<Instant> lastRead() {
        return Optional.ofNullable(lastRead);
    }

    public void add(PutOutcome outcome) {
        of(puts, outcome).increment();
    }

    public void add(ReportOutcome outcome) {
        of(reports, outcome).increment();
    }

    /** The gateway has answered that was asked for reports. */
    public void read(Instant at) {
        lastRead = at;
    }

    /** Another node asks from now on. */
    void forgetReading() {
        lastRead = null;
    }

    private static <E> LongAdder of(Map<E, LongAdder> adders, E value) {
        return Optional.ofNullable(adders.get(value)).orElseThrow();
    }
}
