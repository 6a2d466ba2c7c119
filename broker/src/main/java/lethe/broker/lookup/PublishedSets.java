package lethe.broker.lookup;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import lethe.core.consent.Policy;
import lethe.core.identity.Opaque;
import lethe.core.lookup.PublishedSet;
import lethe.core.lookup.SetIndex;
import lethe.persistence.lookup.PublishedTable;
import lethe.persistence.lookup.StoredSet;

/**
 * What a node serves of who is listed: the sets of today and yesterday under the policy epoch in force. Reads the store
 * at most once a look, and keeps what it serves in memory, 64 MiB at most. Safe for use by many threads.
 */
public final class PublishedSets {
    private static final long MOST_BYTES = 64L << 20;

    private final Supplier<Policy> policy;
    private final LookupSettings settings;
    private final Clock clock;
    private final AsyncLoadingCache<Long, List<StoredSet>> stored;
    private final AsyncLoadingCache<PublishedSet, Opaque> bodies;

    PublishedSets(
            CompletionStage<PublishedTable> table, Supplier<Policy> policy, LookupSettings settings, Clock clock) {
        this.policy = policy;
        this.settings = settings;
        this.clock = clock;
        this.stored = Caffeine.newBuilder()
                .maximumSize(2)
                .expireAfterWrite(settings.look())
                .buildAsync((epoch, executor) ->
                        table.thenCompose(ready -> ready.list(epoch)).toCompletableFuture());
        this.bodies = Caffeine.newBuilder()
                .maximumWeight(MOST_BYTES)
                .weigher((PublishedSet set, Opaque body) -> body.length())
                .buildAsync((set, executor) -> load(table, set));
    }

    @SuppressWarnings("NullAway") // null says to the cache that there is nothing to keep
    private static CompletableFuture<Opaque> load(CompletionStage<PublishedTable> table, PublishedSet set) {
        return table.thenCompose(ready -> ready.load(set))
                .thenApply(body -> body.orElse(null))
                .toCompletableFuture();
    }

    /** What there is. */
    public CompletionStage<SetIndex> index() {
        long epoch = policy.get().epoch();
        return stored.get(epoch).thenApply(sets -> new SetIndex(epoch, kept(sets)));
    }

    private List<PublishedSet> kept(List<StoredSet> sets) {
        long yesterday = settings.day(clock.instant()) - 1;
        return sets.stream()
                .map(StoredSet::set)
                .filter(set -> set.day() >= yesterday)
                .sorted(Comparator.comparingLong(PublishedSet::day)
                        .reversed()
                        .thenComparingLong(set -> set.hourOfDay().orElse(-1L)))
                .toList();
    }

    /**
     * A set of the index.
     *
     * @return empty if it was lost
     */
    public CompletionStage<Optional<Opaque>> body(PublishedSet set) {
        return bodies.get(set).thenApply(Optional::ofNullable);
    }
}
