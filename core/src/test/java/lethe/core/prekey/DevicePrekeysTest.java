package lethe.core.prekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import lethe.core.Samples;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class DevicePrekeysTest {
    private static final Opaque BODY = Opaque.wrap(new byte[3]);
    private final DeviceId device = Samples.deviceId(new Random(1));

    private static List<Prekey> keys(int suite, long... ids) {
        return LongStream.of(ids).mapToObj(id -> new Prekey(suite, id, BODY)).toList();
    }

    private static PrekeyBatch oneTime(int suite, long... ids) {
        return new PrekeyBatch(keys(suite, ids), List.of());
    }

    private static PrekeyBatch lastResort(int suite, long id) {
        return new PrekeyBatch(List.of(), keys(suite, id));
    }

    @Test
    void givesOneTimePrekeysInTheOrderOfTheirIdsAndNoneTwice() {
        DevicePrekeys left = DevicePrekeys.NONE.with(oneTime(1, 3, 1, 2), 7).with(oneTime(1, 9, 5), 8);
        List<Long> given = new ArrayList<>();
        for (Optional<PrekeyRef> next = left.next(device, 1); next.isPresent(); next = left.next(device, 1)) {
            given.add(next.get().id());
            assertThat(left.has(next.get())).isTrue();
            left = left.without(next.get());
            assertThat(left.has(next.get())).isFalse();
        }

        assertThat(given).containsExactly(1L, 2L, 3L, 5L, 9L);
        assertThat(left.left()).isZero();
        assertThat(left.highest()).isEqualTo(9);
    }

    @Test
    void takesNoMoreRoomForManyThanForOne() {
        DevicePrekeys many =
                DevicePrekeys.NONE.with(oneTime(1, LongStream.range(100, 200).toArray()), 7);

        assertThat(many.oneTime()).containsExactly(new PrekeyRun(1, 100, 100, 7));
        assertThat(many.left()).isEqualTo(100);
    }

    @Test
    void keepsSuitesAndIncarnationsApart() {
        DevicePrekeys both = DevicePrekeys.NONE
                .with(new PrekeyBatch(List.of(keys(2, 1).get(0), keys(1, 2).get(0)), keys(3, 3)), 7)
                .with(oneTime(2, 4), 8);

        assertThat(both.suites()).containsExactly(1, 2, 3);
        assertThat(both.left(2)).isEqualTo(2);
        assertThat(both.next(device, 1)).contains(new PrekeyRef(device, 1, 2, 7));
        assertThat(both.next(device, 3)).isEmpty();
        assertThat(both.lastResort(device, 3)).contains(new PrekeyRef(device, 3, 3, 7));
        assertThat(both.refs(device).map(PrekeyRef::incarnation)).containsExactlyInAnyOrder(7L, 7L, 7L, 8L);
        assertThat(both.has(new PrekeyRef(device, 2, 4, 7))).isFalse();
        assertThat(both.numbered(number -> number == 7 ? 70 : number)
                        .refs(device)
                        .map(PrekeyRef::incarnation))
                .containsExactlyInAnyOrder(70L, 70L, 70L, 8L);
    }

    @Test
    void takesTheLastResortInPlaceOfTheSuitesFormerOne() {
        DevicePrekeys replaced = DevicePrekeys.NONE
                .with(lastResort(1, 1), 7)
                .with(lastResort(2, 2), 7)
                .with(lastResort(1, 3), 8);

        assertThat(replaced.lastResort(device, 1)).contains(new PrekeyRef(device, 1, 3, 8));
        assertThat(replaced.lastResort(device, 2)).contains(new PrekeyRef(device, 2, 2, 7));
        assertThat(replaced.refs(device)).hasSize(2);
    }

    @Test
    void knowsWhatCameTogether() {
        DevicePrekeys two = DevicePrekeys.NONE.with(oneTime(1, 1, 2, 3), 7).with(oneTime(1, 4), 8);

        assertThat(two.with(new PrekeyRef(device, 1, 2, 7)).stream().map(PrekeyRef::id))
                .containsExactly(1L, 2L, 3L);
        assertThat(two.with(new PrekeyRef(device, 1, 9, 7))).isEmpty();
    }

    @Test
    void isLowFromNineteenOn() {
        DevicePrekeys twenty = DevicePrekeys.NONE.with(
                oneTime(1, LongStream.range(0, DevicePrekeys.LOW).toArray()), 7);

        assertThat(twenty.isLow()).isFalse();
        assertThat(twenty.without(twenty.next(device, 1).orElseThrow()).isLow()).isTrue();
        assertThat(DevicePrekeys.NONE.isLow()).isTrue();
    }

    /** Whatever is published and taken in whatever order, it says what a plain set of ids says. */
    @Test
    void agreesWithAPlainSet() {
        Random random = new Random(3);
        DevicePrekeys prekeys = DevicePrekeys.NONE;
        Set<Long> plain = new HashSet<>();
        long highest = 0;
        for (int step = 0; step < 2_000; step++) {
            if (random.nextBoolean() && plain.size() < 90) {
                long first = highest + 1 + random.nextInt(3);
                long[] ids =
                        LongStream.range(first, first + 1 + random.nextInt(5)).toArray();
                highest = ids[ids.length - 1];
                prekeys = prekeys.with(oneTime(1, ids), step);
                LongStream.of(ids).forEach(plain::add);
            } else if (!plain.isEmpty()) {
                List<PrekeyRef> all = prekeys.refs(device).toList();
                PrekeyRef one = all.get(random.nextInt(all.size()));
                prekeys = prekeys.without(one);
                plain.remove(one.id());
            }
            assertThat(prekeys.refs(device).map(PrekeyRef::id)).containsExactlyInAnyOrderElementsOf(plain);
            assertThat(prekeys.left()).isEqualTo(plain.size());
            assertThat(prekeys.highest()).isEqualTo(highest == 0 ? -1 : highest);
        }
    }

    @Test
    void hasPrekeysWithinTheirBoundsOnly() {
        assertThat(new Prekey(255, Prekey.HIGHEST_ID, Opaque.wrap(new byte[Prekey.MOST_BYTES])).toString())
                .doesNotContain("[0, 0");
        for (int suite : new int[] {0, 256, -1}) {
            assertThatThrownBy(() -> new Prekey(suite, 1, BODY)).isInstanceOf(IllegalArgumentException.class);
        }
        for (long id : new long[] {-1, Prekey.HIGHEST_ID + 1}) {
            assertThatThrownBy(() -> new Prekey(1, id, BODY)).isInstanceOf(IllegalArgumentException.class);
        }
        IntStream.of(0, Prekey.MOST_BYTES + 1)
                .forEach(length -> assertThatThrownBy(() -> new Prekey(1, 1, Opaque.wrap(new byte[length])))
                        .isInstanceOf(IllegalArgumentException.class));
    }
}
