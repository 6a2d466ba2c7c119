package lethe.broker.edge.connection;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Optional;

/**
 * How often each of many may ask: a token bucket for each, forgotten when it has been full again for a while.
 *
 * <p>Safe for use by many threads. Remembers a bounded number; whoever is dropped beyond that starts with a full
 * bucket.
 */
public final class Rates<K> {
    private static final int MOST_REMEMBERED = 100_000;

    private final LoadingCache<K, Bucket> buckets;

    /**
     * Buckets that are full at first.
     *
     * @param perSecond tokens that come back each second
     * @param burst tokens in a full bucket
     */
    public Rates(int perSecond, int burst) {
        this(perSecond, Duration.ofSeconds(1), burst);
    }

    /**
     * Buckets that are full at first.
     *
     * @param tokens that come back in each period
     * @param burst tokens in a full bucket
     */
    public Rates(int tokens, Duration period, int burst) {
        buckets = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterAccess(period.multipliedBy(burst / tokens + 1L))
                .build(key -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(burst).refillGreedy(tokens, period))
                        .build());
    }

    /**
     * Takes a token.
     *
     * @return empty if there was one, else when the next will be there
     */
    public Optional<Duration> take(K key) {
        ConsumptionProbe probe = buckets.get(key).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
}
