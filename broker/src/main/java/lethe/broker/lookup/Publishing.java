package lethe.broker.lookup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import lethe.core.consent.Policy;
import lethe.core.identity.Opaque;
import lethe.core.lookup.CodedSet;
import lethe.core.lookup.DaySet;
import lethe.core.lookup.HourSet;
import lethe.core.lookup.ListedTag;
import lethe.core.lookup.PublishedSet;
import lethe.persistence.lookup.ListingTable;
import lethe.persistence.lookup.PublishedTable;
import lethe.persistence.lookup.StoredSet;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what is missing: the set of the day, if there is none under the policy epoch in force; else what was added
 * since, once an hour. So a raised epoch empties the sets at the next look.
 */
final class Publishing {
    /**
     * A listing is found so much later than the time that it names, at most; one that is not comes with the next day.
     */
    private static final Duration LATE = Duration.ofMinutes(10);

    private final CompletionStage<ListingTable> listings;
    private final CompletionStage<PublishedTable> published;
    private final SetSigner signer;
    private final Supplier<Policy> policy;
    private final LookupSettings settings;
    private final Clock clock;

    Publishing(
            CompletionStage<ListingTable> listings,
            CompletionStage<PublishedTable> published,
            SetSigner signer,
            Supplier<Policy> policy,
            LookupSettings settings,
            Clock clock) {
        this.listings = listings;
        this.published = published;
        this.signer = signer;
        this.policy = policy;
        this.settings = settings;
        this.clock = clock;
    }

    /** Publishes one set if one is missing. Completes with it; empty if none was. */
    CompletionStage<Optional<PublishedSet>> look() {
        long epoch = policy.get().epoch();
        return listings.thenCombine(published, Tables::new)
                .thenCompose(tables ->
                        tables.published.list(epoch).thenCompose(stored -> look(tables, epoch, ofToday(stored))));
    }

    private record Tables(ListingTable listings, PublishedTable published) {}

    private List<StoredSet> ofToday(List<StoredSet> stored) {
        long today = settings.day(clock.instant());
        return stored.stream().filter(each -> each.set().day() == today).toList();
    }

    private CompletionStage<Optional<PublishedSet>> look(Tables tables, long epoch, List<StoredSet> today) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<StoredSet> whole =
                today.stream().filter(each -> each.set().hourOfDay().isEmpty()).findFirst();
        if (whole.isEmpty()) {
            return publishDay(tables, epoch, now);
        }
        long latest = today.stream()
                .mapToLong(each -> each.set().hourOfDay().orElseGet(() -> settings.hour(each.built())))
                .max()
                .orElseThrow();
        return settings.day(now) == whole.get().set().day() && settings.hour(now) > latest
                ? publishHour(tables, epoch, now, whole.get(), today)
                : CompletableFuture.completedFuture(Optional.empty());
    }

    private CompletionStage<Optional<PublishedSet>> publishDay(Tables tables, long epoch, Instant now) {
        Entries entries = new Entries(CodedSet.MOST);
        return tables.listings.each(epoch, entries).thenCompose(read -> {
            if (entries.hasOverflowed()) {
                throw new IllegalStateException("more than " + CodedSet.MOST + " are listed: too many for one set");
            }
            CodedSet coded = CodedSet.of(entries.toArray());
            long day = settings.day(now);
            DaySet set = signer.day(epoch, day, now, settings.expires(now), coded);
            return publish(tables, epoch, day, null, now, coded.count(), set);
        });
    }

    /**
     * Those who were listed since the day's set was built, but for whom phones find already: in the day's set, be it by
     * mistake, or in an earlier hour's.
     */
    private CompletionStage<Optional<PublishedSet>> publishHour(
            Tables tables, long epoch, Instant now, StoredSet whole, List<StoredSet> today) {
        Entries added = new Entries(CodedSet.MOST);
        return tables.listings
                .each(epoch, whole.built().minus(LATE), added)
                .thenCompose(read -> withoutFound(tables.published, today, tags(added.toArray())))
                .thenCompose(rest -> {
                    long[] entries = rest.stream()
                            .sorted()
                            .limit(HourSet.MOST_BYTES / Long.BYTES)
                            .mapToLong(ListedTag::bits)
                            .toArray();
                    long day = whole.set().day();
                    long hour = settings.hour(now);
                    HourSet set = signer.hour(epoch, day, hour, now, entries);
                    return publish(tables, epoch, day, hour, now, entries.length, set);
                });
    }

    private static Set<ListedTag> tags(long[] entries) {
        return Arrays.stream(entries).mapToObj(ListedTag::new).collect(Collectors.toSet());
    }

    private static CompletionStage<Set<ListedTag>> withoutFound(
            PublishedTable published, List<StoredSet> sets, Set<ListedTag> added) {
        CompletionStage<Set<ListedTag>> rest = CompletableFuture.completedFuture(new HashSet<>(added));
        for (StoredSet each : sets) {
            rest = rest.thenCombine(published.load(each.set()), (left, body) -> {
                body.ifPresent(bytes -> left.removeAll(found(each.set(), bytes, left)));
                return left;
            });
        }
        return rest;
    }

    private static Set<ListedTag> found(PublishedSet set, Opaque body, Set<ListedTag> among) {
        if (set.hourOfDay().isPresent()) {
            return Payloads.decode(Encoding.CBOR, HourSet.class, body.shared()) instanceof Decoded.Good<HourSet> good
                    ? good.value().among(among)
                    : Set.of();
        }
        return Payloads.decode(Encoding.CBOR, DaySet.class, body.shared()) instanceof Decoded.Good<DaySet> good
                        && CodedSet.read(good.value().count(), good.value().coded())
                                instanceof CodedSet.Reading.Good coded
                ? coded.set().among(among)
                : Set.of();
    }

    private CompletionStage<Optional<PublishedSet>> publish(
            Tables tables, long epoch, long day, @Nullable Long hour, Instant built, long count, Record set) {
        Opaque body = Opaque.wrap(Payloads.encode(Encoding.CBOR, set));
        PublishedSet named = new PublishedSet(day, hour, count, body.length(), PublishedTable.hash(body));
        return tables.published
                .put(epoch, new StoredSet(named, built), body, settings.kept())
                .thenApply(stored -> Optional.of(named));
    }
}
