package lethe.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import lethe.core.Samples;
import lethe.core.Trials;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

/** A phone uses what the key that it has pinned signed, and nothing else. */
class SignedSetsTest {
    private static final Signing SIGNING = new Signing();
    private static final Instant BUILT = Samples.START;
    private static final Instant EXPIRES = BUILT.plus(Duration.ofDays(2));
    private static final CodedSet CODED = CodedSet.of(new long[] {3, 5, -7});
    private static final DaySet DAY = SIGNING.day(4, 20_000, BUILT, EXPIRES, CODED.count(), CODED.bytes());
    private static final HourSet HOUR = SIGNING.hour(4, 20_000, 9, BUILT, HourSet.pack(new long[] {1, 4, -2}));

    private static SetFault faultOf(DaySet set) {
        return ((DaySet.Verdict.Refused) set.judge(SIGNING.key(), BUILT)).fault();
    }

    @Test
    void holdsUntilItsTimeIsOver() {
        assertThat(DAY.judge(SIGNING.key(), EXPIRES.minusMillis(1))).isEqualTo(new DaySet.Verdict.Holds(CODED));
        assertThat(DAY.judge(SIGNING.key(), EXPIRES)).isEqualTo(new DaySet.Verdict.Refused(SetFault.STALE));
    }

    @Test
    void holdsUnderNoOtherKey() {
        Signing other = new Signing();

        assertThat(DAY.judge(other.key(), BUILT)).isEqualTo(new DaySet.Verdict.Refused(SetFault.FORGED));
        assertThat(HOUR.judge(other.key())).contains(SetFault.FORGED);
    }

    @Test
    void everyFieldOfADayIsSigned() {
        assertThat(List.of(
                        new DaySet(5, 20_000, BUILT, EXPIRES, 3, DAY.coded(), DAY.signature()),
                        new DaySet(4, 20_001, BUILT, EXPIRES, 3, DAY.coded(), DAY.signature()),
                        new DaySet(4, 20_000, BUILT.plusMillis(1), EXPIRES, 3, DAY.coded(), DAY.signature()),
                        new DaySet(4, 20_000, BUILT, EXPIRES.plusMillis(1), 3, DAY.coded(), DAY.signature()),
                        new DaySet(4, 20_000, BUILT, EXPIRES, 4, DAY.coded(), DAY.signature()),
                        new DaySet(4, 20_000, BUILT, EXPIRES, 3, flipped(DAY.coded()), DAY.signature()),
                        new DaySet(4, 20_000, BUILT, EXPIRES, 3, DAY.coded(), flipped(DAY.signature())),
                        new DaySet(4, 20_000, BUILT, EXPIRES, 3, DAY.coded(), Opaque.empty())))
                .allSatisfy(altered -> assertThat(faultOf(altered)).isEqualTo(SetFault.FORGED));
    }

    @Test
    void everyFieldOfAnHourIsSigned() {
        assertThat(List.of(
                        new HourSet(5, 20_000, 9, BUILT, HOUR.entries(), HOUR.signature()),
                        new HourSet(4, 20_001, 9, BUILT, HOUR.entries(), HOUR.signature()),
                        new HourSet(4, 20_000, 8, BUILT, HOUR.entries(), HOUR.signature()),
                        new HourSet(4, 20_000, 9, BUILT.plusMillis(1), HOUR.entries(), HOUR.signature()),
                        new HourSet(4, 20_000, 9, BUILT, flipped(HOUR.entries()), HOUR.signature()),
                        new HourSet(4, 20_000, 9, BUILT, HOUR.entries(), flipped(HOUR.signature()))))
                .allSatisfy(altered -> assertThat(altered.judge(SIGNING.key())).contains(SetFault.FORGED));
    }

    private static Opaque flipped(Opaque bytes) {
        byte[] altered = bytes.toBytes();
        altered[altered.length - 1] ^= 4;
        return Opaque.wrap(altered);
    }

    @Test
    void whatIsTooLargeIsNotEvenChecked() {
        Opaque much = Opaque.wrap(new byte[100]);
        assertThat(faultOf(new DaySet(4, 1, BUILT, EXPIRES, 3, much, DAY.signature())))
                .isEqualTo(SetFault.OVERSIZED);
        assertThat(faultOf(new DaySet(4, 1, BUILT, EXPIRES, -1, Opaque.empty(), DAY.signature())))
                .isEqualTo(SetFault.OVERSIZED);
        assertThat(new HourSet(4, 1, 2, BUILT, Opaque.wrap(new byte[HourSet.MOST_BYTES + 8]), HOUR.signature())
                        .judge(SIGNING.key()))
                .contains(SetFault.OVERSIZED);
    }

    @Test
    void aSignatureMakesNothingOfRubbish() {
        Opaque rubbish = Opaque.wrap(new byte[] {-1, -1, -1});
        assertThat(faultOf(SIGNING.day(4, 1, BUILT, EXPIRES, 2, rubbish))).isEqualTo(SetFault.MALFORMED);
        for (Opaque entries : List.of(
                Opaque.wrap(new byte[9]),
                HourSet.pack(new long[] {2, 1}),
                HourSet.pack(new long[] {2, 2}),
                HourSet.pack(new long[] {-1, 1}))) {
            assertThat(SIGNING.hour(4, 1, 2, BUILT, entries).judge(SIGNING.key()))
                    .contains(SetFault.MALFORMED);
        }
    }

    @Test
    void anHourFindsItsOwn() {
        assertThat(HOUR.judge(SIGNING.key())).isEmpty();
        Trials.forAll(random -> {
            long[] entries = random.longs(random.nextInt(20))
                    .boxed()
                    .distinct()
                    .sorted(Long::compareUnsigned)
                    .mapToLong(Long::longValue)
                    .toArray();
            HourSet hour = new HourSet(1, 1, 1, BUILT, HourSet.pack(entries), Opaque.empty());
            assertThat(hour.count()).isEqualTo(entries.length);
            for (int i = 0; i < entries.length; i++) {
                assertThat(hour.entry(i)).isEqualTo(entries[i]);
                ListedTag mine = new ListedTag(entries[i]);
                ListedTag stranger = new ListedTag(entries[i] + 1);
                assertThat(hour.among(List.of(mine, stranger))).containsExactly(mine);
            }
        });
    }

    @Test
    void aPhoneKnowsTheDayAndTheHoursSince() {
        KnownTags known = new KnownTags(CODED, List.of(HOUR));

        assertThat(known.among(List.of(new ListedTag(5), new ListedTag(4), new ListedTag(Long.MIN_VALUE))))
                .isEqualTo(Set.of(new ListedTag(5), new ListedTag(4)));
    }

    @Test
    void aLaterEpochComesAfterEveryDayOfTheOneBefore() {
        DaySet raised = SIGNING.day(5, 19_999, BUILT, EXPIRES, CODED.count(), CODED.bytes());
        DaySet next = SIGNING.day(4, 20_001, BUILT, EXPIRES, CODED.count(), CODED.bytes());

        assertThat(raised.isAfter(DAY)).isTrue();
        assertThat(next.isAfter(DAY)).isTrue();
        assertThat(DAY.isAfter(next)).isFalse();
        assertThat(next.isAfter(raised)).isFalse();
        assertThat(DAY.isAfter(DAY)).isFalse();
        assertThat(HOUR.belongsTo(DAY)).isTrue();
        assertThat(HOUR.belongsTo(next)).isFalse();
        assertThat(SIGNING.hour(5, 20_000, 9, BUILT, HOUR.entries()).belongsTo(DAY))
                .isFalse();
    }
}
