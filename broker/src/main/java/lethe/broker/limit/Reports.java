package lethe.broker.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lethe.core.block.ReportReason;
import lethe.core.limit.Paces;

/**
 * Whom subscribers of this node have reported, and who may send little for it. Senders are known by their labels, in
 * memory only: nothing of it outlives the node, and a report nothing but its day. Safe for use by many threads.
 *
 * <p>Remembers a bounded number of senders. When there are more, one that was reported long ago, or seldom, is
 * forgotten.
 */
public final class Reports {
    private static final Duration COUNTED = Duration.ofDays(1);
    private static final int MOST_SENDERS = 10_000;

    private static final int KEY_LENGTH = 32;

    private final SecretKeySpec key = freshKey();
    private final ReportSettings settings;
    private final Cache<Long, Reporters> reported;
    private final Cache<Long, Paces> restrained;
    private final Map<ReportReason, LongAdder> reasons = new EnumMap<>(ReportReason.class);

    /** Nobody was reported yet. */
    public Reports(ReportSettings settings, Clock clock) {
        this.settings = settings;
        this.reported = senders(COUNTED, clock);
        this.restrained = senders(settings.restrained(), clock);
        for (ReportReason reason : ReportReason.values()) {
            reasons.put(reason, new LongAdder());
        }
    }

    private static <V> Cache<Long, V> senders(Duration kept, Clock clock) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_SENDERS)
                .expireAfterWrite(kept)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /** Those who reported one sender within a day of the first of them. */
    private static final class Reporters {
        private final Set<Long> marks = new HashSet<>(4);

        /** Counts each once, and no more than are needed. Says whether this one was the last of these. */
        synchronized boolean add(long mark, int needed) {
            return marks.size() < needed && marks.add(mark) && marks.size() == needed;
        }
    }

    /**
     * A subscriber reports a sender. Whether the reason is true nobody knows: it is only counted.
     *
     * @param reporter its label
     * @param sender its label
     */
    public void note(long reporter, long sender, ReportReason reason) {
        Objects.requireNonNull(reasons.get(reason)).increment();
        Reporters reporters = Objects.requireNonNull(reported.get(sender, fresh -> new Reporters()));
        if (reporters.add(mark(reporter, sender), settings.threshold())) {
            restrained.put(sender, new Paces(settings.sendsPerMinute(), Duration.ofMinutes(1), 1, 1));
        }
    }

    /** Tells one reporter of a sender from another, and nobody who they are. */
    private long mark(long reporter, long sender) {
        ByteBuffer pair = ByteBuffer.allocate(2 * Long.BYTES).putLong(reporter).putLong(sender);
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return ByteBuffer.wrap(mac.doFinal(pair.array())).getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    private static SecretKeySpec freshKey() {
        byte[] key = new byte[KEY_LENGTH];
        new SecureRandom().nextBytes(key);
        return new SecretKeySpec(key, "HmacSHA256");
    }

    /**
     * A sender sends, and may be one who was reported.
     *
     * @return empty if it may, else when it may
     */
    public Optional<Duration> take(long sender, Instant now) {
        if (restrained.asMap().isEmpty()) {
            return Optional.empty();
        }
        Paces pace = restrained.getIfPresent(sender);
        if (pace == null) {
            return Optional.empty();
        }
        synchronized (pace) {
            return pace.take(sender, now);
        }
    }

    /** How many were counted with a reason, since the node started. */
    public long count(ReportReason reason) {
        return Objects.requireNonNull(reasons.get(reason)).sum();
    }

    /** How many senders may send little now. */
    public int restrained() {
        restrained.cleanUp();
        return restrained.asMap().size();
    }
}
