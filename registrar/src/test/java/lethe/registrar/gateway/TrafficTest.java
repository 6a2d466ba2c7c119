package lethe.registrar.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.PlainIdentifier.Kind;
import lethe.registrar.gateway.Traffic.Objection;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Route CHEAP = new Route("+49", List.of("one"), 2, 1000, 10_000);
    private static final Suspicion LAX = new Suspicion(100, Duration.ofHours(1), 101, 50, Duration.ofMinutes(10));

    private final Random random = new Random(1);

    @Test
    void spendsPriceTimesPartsOfASubscribersDay() {
        Traffic traffic = new Traffic(new Traffic.Costs(1000, 10), LAX, random);

        assertThat(object(traffic, 1, CHEAP, 4, NOW)).isEmpty();
        assertThat(object(traffic, 1, CHEAP, 2, NOW)).contains(Objection.SUBSCRIBER);
        assertThat(object(traffic, 1, CHEAP, 1, NOW)).isEmpty();
        assertThat(object(traffic, 1, CHEAP, 1, NOW)).contains(Objection.SUBSCRIBER);
        assertThat(object(traffic, 2, CHEAP, 1, NOW)).isEmpty();
        Instant tomorrow = NOW.plus(Duration.ofDays(1));
        assertThat(traffic.untilNextDay(subscriber(1), NOW)).isEqualTo(Duration.ofDays(1));
        assertThat(object(traffic, 1, CHEAP, 1, tomorrow)).isEmpty();
    }

    @Test
    void spendsNoMoreThanTheDayOfAllAndOfAPrefix() {
        Route dear = new Route("+882", List.of("one"), 5, 1000, 10);
        Traffic traffic = new Traffic(new Traffic.Costs(14, 1000), LAX, random);

        assertThat(object(traffic, 1, dear, 2, NOW)).isEmpty();
        assertThat(object(traffic, 2, dear, 1, NOW)).contains(Objection.DAY);
        assertThat(object(traffic, 3, CHEAP, 2, NOW)).isEmpty();
        Traffic wide = new Traffic(new Traffic.Costs(1000, 1000), LAX, random);
        assertThat(object(wide, 1, dear, 2, NOW)).isEmpty();
        assertThat(object(wide, 2, dear, 1, NOW)).contains(Objection.PREFIX_DAY);
    }

    @Test
    void sendsSoManyAMinuteToAPrefix() {
        Route slow = new Route("+49", List.of("one"), 0, 2, 10);
        Traffic traffic = new Traffic(new Traffic.Costs(0, 0), LAX, random);

        assertThat(object(traffic, 1, slow, 1, NOW)).isEmpty();
        assertThat(object(traffic, 2, slow, 1, NOW)).isEmpty();
        assertThat(object(traffic, 3, slow, 1, NOW)).contains(Objection.PREFIX_RATE);
        assertThat(object(traffic, 3, slow, 1, NOW.plusSeconds(60))).isEmpty();
        assertThat(traffic.told()).contains("1 over a prefix's rate");
        assertThat(traffic.told()).isEmpty();
    }

    @Test
    void stopsAtNumbersInARow() {
        Suspicion strict = new Suspicion(10, Duration.ofHours(1), 101, 50, Duration.ofMinutes(10));
        Traffic traffic = new Traffic(new Traffic.Costs(1000, 1000), strict, random);
        for (int i = 0; i < 10; i++) {
            assertThat(object(traffic, number("+49151100000", i), NOW)).isEmpty();
        }

        assertThat(object(traffic, number("+49151100000", 10), NOW)).contains(Objection.NEIGHBOURS);
        // One that had an SMS before, and one elsewhere.
        assertThat(object(traffic, number("+49151100000", 3), NOW)).isEmpty();
        assertThat(object(traffic, number("+49151100001", 10), NOW)).isEmpty();
        assertThat(object(traffic, number("+49151100000", 10), NOW.plus(Duration.ofHours(1))))
                .isEmpty();
    }

    @Test
    void leavesAPrefixAloneWhereTooFewArrive() {
        Suspicion strict = new Suspicion(100, Duration.ofHours(1), 70, 10, Duration.ofMinutes(10));
        Traffic traffic = new Traffic(new Traffic.Costs(1000, 1000), strict, random);
        for (int i = 0; i < 10; i++) {
            assertThat(object(traffic, number("+49151100000", i), NOW)).isEmpty();
            traffic.ended(CHEAP, i < 4, NOW);
        }
        assertThat(object(traffic, number("+49151100000", 0), NOW)).isEmpty();

        traffic.ended(CHEAP, false, NOW);
        assertThat(object(traffic, number("+49151100000", 0), NOW)).contains(Objection.UNDELIVERED);
        assertThat(object(traffic, number("+49151100000", 0), NOW.plus(Duration.ofMinutes(10))))
                .isEmpty();
    }

    private Optional<Objection> object(Traffic traffic, int subscriber, Route route, int parts, Instant now) {
        return traffic.object(
                subscriber(subscriber), route, number("+491511000", random.nextInt(1_000_000)), parts, now);
    }

    private static Optional<Objection> object(Traffic traffic, PlainIdentifier number, Instant now) {
        return traffic.object(subscriber(1), CHEAP, number, 1, now);
    }

    private static Opaque subscriber(int number) {
        return Opaque.wrap(new byte[] {(byte) number});
    }

    private static PlainIdentifier number(String prefix, int last) {
        return PlainIdentifier.of(Kind.NUMBER, prefix + String.format(Locale.ROOT, "%02d", last));
    }
}
