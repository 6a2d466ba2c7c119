package lethe.broker.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import lethe.broker.TestNode;
import lethe.core.consent.Policy;
import lethe.core.identity.Opaque;
import lethe.core.lookup.DaySet;
import lethe.core.lookup.HourSet;
import lethe.core.lookup.ListedTag;
import lethe.core.lookup.Listing;
import lethe.core.lookup.PublishedSet;
import lethe.core.lookup.SetIndex;
import lethe.persistence.cassandra.CassandraSettings;
import lethe.persistence.cassandra.Database;
import lethe.persistence.cassandra.Schema;
import lethe.persistence.local.SharedCassandra;
import lethe.persistence.lookup.ListingTable;
import lethe.persistence.lookup.PublishedTable;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is published when, by a clock that the test sets, on real tables. */
class PublishingTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-28T00:00:00Z");
    private static final long DAY = MIDNIGHT.getEpochSecond() / 86_400;
    private static final long ALICE = 1L << 62;
    private static final long BOB = -7;
    private static final long CAROL = 42;

    private static Database database;
    private static ListingTable listings;
    private static PublishedTable published;

    private Instant now = MIDNIGHT.plusSeconds(60);
    private Policy policy = new Policy(3, Opaque.wrap(new byte[32]));

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private final LookupSettings settings = new LookupSettings(Duration.ofDays(1), Duration.ofHours(1));
    private final SetSigner signer = SetSigner.of(Opaque.wrap(new byte[32]));

    @BeforeAll
    static void open() {
        String keyspace = SharedCassandra.freshKeyspace("publishing");
        CassandraSettings settings =
                CassandraSettings.from(TestNode.configuration(keyspace, Path.of("unused"), Map.of()));
        database = await(Database.open(settings).thenCompose(Schema::migrate));
        listings = await(ListingTable.prepare(database));
        published = await(PublishedTable.prepare(database));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void forgetAll() {
        for (String table : List.of("listed", "published", "published_part")) {
            await(database.prepare("TRUNCATE %s" + table).thenCompose(query -> database.execute(query.bind())));
        }
    }

    @Test
    void aDayHasWhoIsListedWhenItBegins() {
        list(ALICE, MIDNIGHT.minusSeconds(1_000_000), 3);
        list(BOB, MIDNIGHT.minusSeconds(1_000_000), 2);

        assertThat(look()).contains(named(DAY, Optional.empty(), 1));
        assertThat(look()).isEmpty();
        assertThat(finds(day(DAY), ALICE)).isTrue();
        assertThat(finds(day(DAY), BOB)).isFalse();
        assertThat(day(DAY).expires()).isEqualTo(now.plus(Duration.ofDays(2)));
    }

    @Test
    void anHourHasWhoWasListedSinceAndStandsInNoOther() {
        list(ALICE, MIDNIGHT, 3);
        look();
        list(BOB, now.plusSeconds(10), 3);
        assertThat(look()).isEmpty();

        at(1);
        assertThat(look()).contains(named(DAY, Optional.of(1L), 1));
        assertThat(look()).isEmpty();
        assertThat(hour(1)).isEqualTo(List.of(BOB));

        list(CAROL, now, 3);
        at(2);
        look();
        assertThat(hour(2)).isEqualTo(List.of(CAROL));
        at(3);
        look();
        assertThat(hour(3)).isEmpty();
    }

    @Test
    void whoeverIsWrittenALittleLateIsInTheNextHourAllTheSame() {
        look();
        list(ALICE, now.minusSeconds(300), 3);
        at(1);
        look();

        assertThat(hour(1)).isEqualTo(List.of(ALICE));
    }

    @Test
    void anHourAfterMissedOnesHasAllThatWereAdded() {
        look();
        list(ALICE, now.plus(Duration.ofHours(2)), 3);
        list(BOB, now.plus(Duration.ofHours(5)), 3);
        at(9);

        assertThat(look()).contains(named(DAY, Optional.of(9L), 2));
        assertThat(hour(9)).isEqualTo(List.of(ALICE, BOB));
    }

    @Test
    void theNextDayHasNobodyWhoWasUnlistedMeanwhile() {
        list(ALICE, MIDNIGHT, 3);
        list(BOB, MIDNIGHT, 3);
        look();
        await(listings.delete(new ListedTag(ALICE), 1));
        at(1);
        look();
        assertThat(finds(day(DAY), ALICE)).isTrue();

        now = MIDNIGHT.plus(Duration.ofDays(1));
        assertThat(look()).contains(named(DAY + 1, Optional.empty(), 1));
        assertThat(finds(day(DAY + 1), ALICE)).isFalse();
        assertThat(finds(day(DAY + 1), BOB)).isTrue();
    }

    @Test
    void aRaisedEpochHasASetOfItsOwnAtOnce() {
        list(ALICE, MIDNIGHT, 3);
        look();
        policy = new Policy(4, policy.textHash());
        list(BOB, now, 4);

        assertThat(look()).contains(named(DAY, Optional.empty(), 1));
        assertThat(day(DAY).epoch()).isEqualTo(4);
        assertThat(finds(day(DAY), ALICE)).isFalse();
        assertThat(finds(day(DAY), BOB)).isTrue();
    }

    @Test
    void nodesServeTwoDaysTheNewestFirst() {
        look();
        at(1);
        look();
        now = MIDNIGHT.plus(Duration.ofDays(1));
        look();
        assertThat(index()).containsExactly(DAY + 1 + " null", DAY + " null", DAY + " 1");

        now = MIDNIGHT.plus(Duration.ofDays(2));
        look();
        assertThat(index()).containsExactly(DAY + 2 + " null", DAY + 1 + " null");
        policy = new Policy(4, policy.textHash());
        assertThat(index()).isEmpty();
    }

    private List<String> index() {
        SetIndex index = await(
                new PublishedSets(CompletableFuture.completedFuture(published), () -> policy, settings, clock).index());
        assertThat(index.epoch()).isEqualTo(policy.epoch());
        return index.sets().stream().map(set -> set.day() + " " + set.hour()).toList();
    }

    private void at(int hour) {
        now = MIDNIGHT.plus(Duration.ofHours(hour)).plusSeconds(1);
    }

    private void list(long entry, Instant since, long epoch) {
        await(listings.put(new Listing(new ListedTag(entry), since), epoch, 1));
    }

    private Optional<String> look() {
        Publishing publishing = new Publishing(
                CompletableFuture.completedFuture(listings),
                CompletableFuture.completedFuture(published),
                signer,
                () -> policy,
                settings,
                clock);
        return await(publishing.look()).map(set -> named(set.day(), set.hourOfDay(), set.count()));
    }

    private static String named(long day, Optional<Long> hour, long count) {
        return day + hour.map(number -> " hour " + number).orElse("") + ": " + count;
    }

    private boolean finds(DaySet set, long entry) {
        return set.judge(signer.publicKey(), now) instanceof DaySet.Verdict.Holds holds
                && !holds.set().among(List.of(new ListedTag(entry))).isEmpty();
    }

    private DaySet day(long day) {
        return read(DaySet.class, day, Optional.empty());
    }

    private List<Long> hour(long hour) {
        HourSet set = read(HourSet.class, DAY, Optional.of(hour));
        assertThat(set.judge(signer.publicKey())).isEmpty();
        return IntStream.range(0, set.count()).mapToObj(set::entry).toList();
    }

    private <T extends Record> T read(Class<T> type, long day, Optional<Long> hour) {
        PublishedSet named = await(published.list(policy.epoch())).stream()
                .map(stored -> stored.set())
                .filter(set -> set.day() == day && set.hourOfDay().equals(hour))
                .findFirst()
                .orElseThrow();
        Opaque body = await(published.load(named)).orElseThrow();
        return ((Decoded.Good<T>) Payloads.decode(Encoding.CBOR, type, body.shared())).value();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
