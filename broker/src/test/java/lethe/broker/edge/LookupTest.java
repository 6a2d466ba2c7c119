package lethe.broker.edge;

import static lethe.broker.edge.TestPhone.exchange;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import lethe.broker.lookup.SetSigner;
import lethe.core.consent.Scope;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.lookup.DaySet;
import lethe.core.lookup.HourSet;
import lethe.core.lookup.ListedTag;
import lethe.core.lookup.PublishedSet;
import lethe.core.lookup.SetIndex;
import lethe.persistence.lookup.PublishedTable;
import lethe.persistence.lookup.StoredSet;
import lethe.persistence.plugin.LetheStore;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever agrees to it is published, nobody else, and nobody for longer than a day after an opt-out. */
class LookupTest {
    private static final Set<Scope> LISTED = Set.of(Scope.IP, Scope.DISCOVERABLE);
    private static final Set<Scope> UNLISTED = Set.of(Scope.IP);
    private static final Duration DAY = Duration.ofSeconds(4);
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Its days have four seconds, its hours one. */
    private static TestEdge edge;

    @BeforeAll
    static void start() throws Exception {
        edge = TestEdge.start("lookup { full-every = 4 s, delta-every = 1 s }");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Test
    void publishesWhoAgreedToItAndNobodyElse() throws Exception {
        TestPhone alice = new TestPhone(edge);
        TestPhone bob = new TestPhone(edge);
        assertThat(bob.optIn(1, UNLISTED).statusCode()).isEqualTo(200);
        assertThat(alice.optIn(1, LISTED).statusCode()).isEqualTo(200);

        await().atMost(BOUND).until(() -> isInNewestDay(edge, alice.tag));
        assertThat(isInNewestDay(edge, bob.tag)).isFalse();
        assertThat(isInAnyHour(edge, bob.tag)).isFalse();
    }

    @Test
    void publishesWhoAgreesWithinTheDayInOneOfItsHours() throws Exception {
        await().atMost(BOUND).untilAsserted(() -> {
            TestPhone carol = new TestPhone(edge);
            assertThat(carol.optIn(1, LISTED).statusCode()).isEqualTo(200);
            long day = today();
            await().atMost(BOUND).until(() -> isInAnyHour(edge, carol.tag) || today() > day);
            assertThat(isInAnyHour(edge, carol.tag)).isTrue();
        });
    }

    @Test
    void leavesOutOfTheNextDayWhoOptedOutOrAgreesToLess() throws Exception {
        TestPhone dave = new TestPhone(edge);
        TestPhone erin = new TestPhone(edge);
        assertThat(dave.optIn(1, LISTED).statusCode()).isEqualTo(200);
        assertThat(erin.optIn(1, LISTED).statusCode()).isEqualTo(200);
        await().atMost(BOUND).until(() -> isInNewestDay(edge, dave.tag) && isInNewestDay(edge, erin.tag));

        assertThat(exchange(dave.delete("/v1/self/consent", null)).statusCode()).isEqualTo(204);
        assertThat(erin.optIn(1, UNLISTED).statusCode()).isEqualTo(200);
        long day = today();

        await().atMost(BOUND).until(() -> newestDay(edge) > day);
        assertThat(isInNewestDay(edge, dave.tag)).isFalse();
        assertThat(isInNewestDay(edge, erin.tag)).isFalse();
    }

    @Test
    void signsWhatItPublishes() throws Exception {
        await().atMost(BOUND).untilAsserted(() -> {
            DaySet set = day(edge, newestDay(edge));
            assertThat(set.judge(key(edge), Instant.now())).isInstanceOf(DaySet.Verdict.Holds.class);
            assertThat(set.judge(key(edge), Instant.now().plus(DAY.multipliedBy(3))))
                    .isInstanceOf(DaySet.Verdict.Refused.class);
            assertThat(hours(edge))
                    .isNotEmpty()
                    .allSatisfy(hour -> assertThat(hour.judge(key(edge))).isEmpty());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/set/1",
                "/v1/set/9223372036854775807",
                "/v1/set/1/0",
                "/v1/set/-1",
                "/v1/set/x",
                "/v1/set/99999999999999999999",
                "/v1/set/1/2/3",
                "/v1/set/"
            })
    void hasNothingElse(String path) throws Exception {
        assertThat(TestPhone.send(request(edge, path)).statusCode()).isEqualTo(404);
    }

    @Test
    void keepsWhatItPublishedThroughARestartAndServesItToCaches() throws Exception {
        TestEdge before = TestEdge.start();
        await().atMost(BOUND).until(() -> !index(before).sets().isEmpty());
        PublishedSet published = index(before).sets().get(0);
        String path = "/v1/set/" + published.day();
        HttpResponse<byte[]> first = get(before, path, "");
        assertThat(first.headers().firstValue("Cache-Control")).contains("public, max-age=3600");
        String version = first.headers().firstValue("ETag").orElseThrow();
        assertThat(version).isEqualTo("\"" + published.hash().toText() + "\"");
        assertThat(published.hash())
                .isEqualTo(Opaque.wrap(MessageDigest.getInstance("SHA-256").digest(first.body())));
        assertThat(published.size()).isEqualTo(first.body().length);

        try (TestEdge after = before.restart("lethe.lookup.delta-every", "1 h")) {
            await().atMost(BOUND).until(() -> !index(after).sets().isEmpty());
            assertThat(get(after, path, "").body()).isEqualTo(first.body());
            assertThat(get(after, path, version).statusCode()).isEqualTo(304);
            assertThat(get(after, path, version).body()).isEmpty();

            HttpResponse<String> asked = exchange(request(after, "/v1/set"));
            assertThat(asked.headers().firstValue("Cache-Control")).contains("public, max-age=60");
            String known = asked.headers().firstValue("ETag").orElseThrow();
            assertThat(exchange(request(after, "/v1/set").header("If-None-Match", "\"x\", " + known))
                            .statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void everyNodeServesTheSameBytesAlsoIfTheyAreMany() throws Exception {
        byte[] large = new byte[1_000_003];
        new Random(1).nextBytes(large);
        Opaque body = Opaque.wrap(large);
        long yesterday = System.currentTimeMillis() / Duration.ofDays(1).toMillis() - 1;
        PublishedSet set = new PublishedSet(yesterday, null, 1, large.length, PublishedTable.hash(body));
        try (TestEdge one = TestEdge.start();
                TestEdge two = one.another()) {
            LetheStore.get(one.system())
                    .published()
                    .thenCompose(table -> table.put(1, new StoredSet(set, Instant.now()), body, Duration.ofMinutes(10)))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);

            String path = "/v1/set/" + yesterday;
            await().atMost(BOUND)
                    .until(() ->
                            index(one).sets().contains(set) && index(two).sets().contains(set));
            assertThat(get(one, path, "").body()).isEqualTo(large);
            assertThat(get(two, path, "").body()).isEqualTo(large);
            String version = get(one, path, "").headers().firstValue("ETag").orElseThrow();
            assertThat(get(two, path, version).statusCode()).isEqualTo(304);
        }
    }

    @Test
    void aRaisedEpochUnlistsEverybodyUntilTheyAgreeAnew() throws Exception {
        TestEdge before = TestEdge.start("lookup { full-every = 4 s, delta-every = 1 s }");
        TestPhone frank = new TestPhone(before);
        TestPhone grace = new TestPhone(before);
        assertThat(frank.optIn(1, LISTED).statusCode()).isEqualTo(200);
        assertThat(grace.optIn(1, LISTED).statusCode()).isEqualTo(200);
        await().atMost(BOUND).until(() -> isInNewestDay(before, frank.tag) && isInNewestDay(before, grace.tag));

        try (TestEdge after = before.restart("lethe.policy.epoch", "2")) {
            frank.moveTo(after);
            assertThat(frank.optIn(2, LISTED).statusCode()).isEqualTo(200);
            await().atMost(BOUND).until(() -> isInNewestDay(after, frank.tag));
            assertThat(index(after).epoch()).isEqualTo(2);
            assertThat(isInNewestDay(after, grace.tag)).isFalse();
            assertThat(isInAnyHour(after, grace.tag)).isFalse();
        }
    }

    private static long today() {
        return System.currentTimeMillis() / DAY.toMillis();
    }

    private static long newestDay(TestEdge of) throws Exception {
        List<PublishedSet> sets = index(of).sets();
        return sets.isEmpty() ? -1 : sets.get(0).day();
    }

    private static boolean isInNewestDay(TestEdge of, Tag tag) throws Exception {
        long newest = newestDay(of);
        // On a busy machine a day of seconds may be over before its set is asked for.
        return newest >= 0
                && get(of, "/v1/set/" + newest, "").statusCode() == 200
                && day(of, newest).judge(key(of), Instant.now()) instanceof DaySet.Verdict.Holds holds
                && !holds.set().among(List.of(ListedTag.of(tag))).isEmpty();
    }

    private static boolean isInAnyHour(TestEdge of, Tag tag) throws Exception {
        return hours(of).stream()
                .anyMatch(hour -> !hour.among(List.of(ListedTag.of(tag))).isEmpty());
    }

    private static DaySet day(TestEdge of, long day) throws Exception {
        return read(DaySet.class, get(of, "/v1/set/" + day, "").body());
    }

    /** Those that are still there when they are asked for. */
    private static List<HourSet> hours(TestEdge of) throws Exception {
        List<HourSet> hours = new ArrayList<>();
        for (PublishedSet set : index(of).sets()) {
            if (set.hour() != null) {
                HttpResponse<byte[]> answer = get(of, "/v1/set/" + set.day() + "/" + set.hour(), "");
                if (answer.statusCode() == 200) {
                    hours.add(read(HourSet.class, answer.body()));
                }
            }
        }
        return hours;
    }

    private static SetIndex index(TestEdge of) throws Exception {
        HttpResponse<String> answer = exchange(request(of, "/v1/set"));
        assertThat(answer.statusCode()).isEqualTo(200);
        return ((Decoded.Good<SetIndex>) Payloads.decode(
                        Encoding.JSON, SetIndex.class, answer.body().getBytes(StandardCharsets.UTF_8)))
                .value();
    }

    private static <T extends Record> T read(Class<T> type, byte[] body) {
        return ((Decoded.Good<T>) Payloads.decode(Encoding.CBOR, type, body)).value();
    }

    private static DeviceKey key(TestEdge of) throws Exception {
        return SetSigner.of(Opaque.wrap(Files.readAllBytes(of.data().resolve("identity.key"))))
                .publicKey();
    }

    private static HttpRequest.Builder request(TestEdge of, String path) {
        return HttpRequest.newBuilder(URI.create(of.base() + path)).timeout(Duration.ofSeconds(20));
    }

    private static HttpResponse<byte[]> get(TestEdge of, String path, String known) throws Exception {
        HttpRequest.Builder request = request(of, path);
        if (!known.isEmpty()) {
            request.header("If-None-Match", known);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
