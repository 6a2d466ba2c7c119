package lethe.device.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import lethe.core.identity.Opaque;
import lethe.core.lookup.CodedSet;
import lethe.core.lookup.DaySet;
import lethe.core.lookup.ListedTag;
import lethe.core.lookup.PublishedSet;
import lethe.core.lookup.SetFault;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A phone fetches what is new, believes what its pinned key signed, and never goes back. */
class LookupClientTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long ALICE = 1L << 62;
    private static final long BOB = -7;
    private static final long CAROL = 42;

    @TempDir
    private Path directory;

    private final HandMadeInstallation broker = new HandMadeInstallation();

    @AfterEach
    void close() {
        broker.close();
    }

    private Lookup refresh() throws IOException {
        return refreshAt(HandMadeInstallation.BUILT);
    }

    private Lookup refreshAt(Instant now) throws IOException {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        return new LookupClient(HTTP, broker.server.uri(), broker.key(), KeptSets.in(directory), clock).refresh();
    }

    private static boolean knows(Lookup lookup, long entry) {
        return lookup instanceof Lookup.Known known
                && !known.tags().among(List.of(new ListedTag(entry))).isEmpty();
    }

    private SetFault fault() throws IOException {
        return ((Lookup.NotBelieved) refresh()).fault();
    }

    @Test
    void findsWhoIsListedAndAsksForNobody() throws IOException {
        broker.publishDay(100, ALICE);
        broker.publishHour(100, 3, BOB);

        Lookup lookup = refresh();
        assertThat(knows(lookup, ALICE)).isTrue();
        assertThat(knows(lookup, BOB)).isTrue();
        assertThat(knows(lookup, CAROL)).isFalse();
        assertThat(broker.asked()).containsExactly("/v1/set", "/v1/set/100", "/v1/set/100/3");
    }

    @Test
    void fetchesOnlyWhatIsNew() throws IOException {
        broker.publishDay(100, ALICE);
        broker.publishHour(100, 3, BOB);
        refresh();
        broker.asked();

        assertThat(knows(refresh(), BOB)).isTrue();
        assertThat(broker.asked()).containsExactly("/v1/set");

        broker.publishHour(100, 4, CAROL);
        Lookup later = refresh();
        assertThat(knows(later, BOB)).isTrue();
        assertThat(knows(later, CAROL)).isTrue();
        assertThat(broker.asked()).containsExactly("/v1/set", "/v1/set/100/4");
    }

    @Test
    void forgetsTheHoursOfTheDayBefore() throws IOException {
        broker.publishDay(100, ALICE);
        broker.publishHour(100, 3, BOB);
        refresh();
        broker.forget(1);
        broker.publishDay(101, CAROL);

        Lookup next = refresh();
        assertThat(knows(next, CAROL)).isTrue();
        assertThat(knows(next, ALICE)).isFalse();
        assertThat(knows(next, BOB)).isFalse();
        assertThat(directory.resolve("hour-3")).doesNotExist();
    }

    @Test
    void believesNoOtherKey() throws IOException {
        try (HandMadeInstallation other = new HandMadeInstallation()) {
            broker.publish(100, null, 1, HandMadeInstallation.encoded(other.day(100, HandMadeInstallation.EXPIRES, 1)));
        }

        assertThat(fault()).isEqualTo(SetFault.FORGED);
        assertThat(directory.resolve("day")).doesNotExist();
    }

    @Test
    void believesNoHourOfAnotherKeyOrDay() throws IOException {
        broker.publishDay(100, ALICE);
        try (HandMadeInstallation other = new HandMadeInstallation()) {
            broker.publish(100, 3L, 1, HandMadeInstallation.encoded(other.hour(100, 3, BOB)));
        }
        assertThat(fault()).isEqualTo(SetFault.FORGED);

        broker.forget(1);
        broker.publishDay(101, ALICE);
        broker.publish(101, 3L, 1, HandMadeInstallation.encoded(broker.hour(100, 3, BOB)));
        assertThat(fault()).isEqualTo(SetFault.MALFORMED);
    }

    @Test
    void believesNothingWhoseTimeIsOver() throws IOException {
        broker.publishDay(100, ALICE);

        assertThat(refreshAt(HandMadeInstallation.EXPIRES)).isEqualTo(new Lookup.NotBelieved(SetFault.STALE));
        assertThat(knows(refresh(), ALICE)).isTrue();
        // Kept, and not changed since: it is void all the same.
        assertThat(refreshAt(HandMadeInstallation.EXPIRES)).isEqualTo(new Lookup.NotBelieved(SetFault.STALE));
    }

    @Test
    void goesBackToNoOlderDayAndNoOlderEpoch() throws IOException {
        broker.forget(5);
        broker.publishDay(100, ALICE);
        refresh();

        broker.forget(5);
        broker.publishDay(99, BOB);
        assertThat(fault()).isEqualTo(SetFault.DOWNGRADED);
        broker.forget(4);
        broker.publishDay(101, BOB);
        assertThat(fault()).isEqualTo(SetFault.DOWNGRADED);

        // What is said to be new is old.
        broker.forget(5);
        broker.publish(101, null, 1, HandMadeInstallation.encoded(broker.day(99, HandMadeInstallation.EXPIRES, BOB)));
        assertThat(fault()).isEqualTo(SetFault.DOWNGRADED);

        broker.forget(6);
        broker.publishDay(100, CAROL);
        assertThat(knows(refresh(), CAROL)).isTrue();
    }

    @Test
    void fetchesNothingThatIsTooLarge() throws IOException {
        Opaque body = HandMadeInstallation.encoded(broker.day(100, HandMadeInstallation.EXPIRES, ALICE));
        broker.publish(new PublishedSet(100, null, 1, 1L << 40, KeptSets.hash(body)), body);

        assertThat(fault()).isEqualTo(SetFault.OVERSIZED);
        assertThat(broker.asked()).containsExactly("/v1/set");
    }

    @Test
    void takesNoMoreThanTheIndexSays() throws IOException {
        Opaque body = HandMadeInstallation.encoded(broker.day(100, HandMadeInstallation.EXPIRES, ALICE));
        broker.publish(new PublishedSet(100, null, 1, body.length() - 1L, KeptSets.hash(body)), body);

        assertThat(refresh()).isInstanceOf(Lookup.Unreachable.class);
    }

    @Test
    void believesNothingThatIsCutShortOrSaysTooMuch() throws IOException {
        byte[] whole = HandMadeInstallation.encoded(broker.day(100, HandMadeInstallation.EXPIRES, ALICE))
                .toBytes();
        broker.publish(100, null, 1, Opaque.wrap(Arrays.copyOf(whole, whole.length - 5)));
        assertThat(fault()).isEqualTo(SetFault.MALFORMED);

        broker.forget(1);
        broker.publish(
                100,
                null,
                1,
                HandMadeInstallation.encoded(new DaySet(
                        1,
                        100,
                        HandMadeInstallation.BUILT,
                        HandMadeInstallation.EXPIRES,
                        CodedSet.MOST + 1L,
                        Opaque.empty(),
                        Opaque.wrap(new byte[64]))));
        assertThat(fault()).isEqualTo(SetFault.OVERSIZED);
    }

    @Test
    void fetchesAnewWhatItsOwnDiskHasLost() throws IOException {
        broker.publishDay(100, ALICE);
        refresh();
        broker.asked();
        Files.write(directory.resolve("day"), new byte[10]);

        assertThat(knows(refresh(), ALICE)).isTrue();
        assertThat(broker.asked()).containsExactly("/v1/set", "/v1/set/100");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        assertThat(refresh()).isEqualTo(new Lookup.Unreachable("the broker has published nothing yet"));
        broker.publishDay(100, ALICE);
        broker.server.close();
        assertThat(refresh()).isInstanceOf(Lookup.Unreachable.class);
    }

    @Test
    void passesOnWhyTheBrokerRefuses() throws IOException {
        broker.publishDay(100, ALICE);
        broker.forgetsBodies();

        assertThat(refresh())
                .isInstanceOfSatisfying(
                        Lookup.Refused.class,
                        refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.NOT_FOUND));
    }
}
