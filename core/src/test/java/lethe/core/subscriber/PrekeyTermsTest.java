package lethe.core.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import lethe.core.identity.Opaque;
import lethe.core.limit.Limit;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.api.Test;

class PrekeyTermsTest {
    private static final Opaque BODY = Opaque.wrap(new byte[3]);

    private static List<Prekey> keys(int suite, long... ids) {
        return LongStream.of(ids).mapToObj(id -> new Prekey(suite, id, BODY)).toList();
    }

    private static List<Prekey> range(long from, int count) {
        return keys(1, LongStream.range(from, from + count).toArray());
    }

    private static Problem objection(DevicePrekeys known, List<Prekey> oneTime, List<Prekey> lastResort) {
        return PrekeyTerms.objection(known, new PrekeyBatch(oneTime, lastResort))
                .orElseThrow();
    }

    private static Problem objection(List<Prekey> oneTime, List<Prekey> lastResort) {
        return objection(DevicePrekeys.NONE, oneTime, lastResort);
    }

    @Test
    void takesAsManyAsAreKept() {
        DevicePrekeys known = DevicePrekeys.NONE.with(new PrekeyBatch(range(0, 60), List.of()), 7);

        assertThat(PrekeyTerms.objection(known, new PrekeyBatch(range(60, 40), keys(2, 200))))
                .isEmpty();
        assertThat(objection(known, range(60, 41), List.of()))
                .isEqualTo(Problem.of(ProblemType.PREKEYS_FULL).withLimit(100).by(Limit.DEVICE_PREKEYS));
        assertThat(objection(range(0, 101), List.of()).type()).isEqualTo(ProblemType.PREKEYS_FULL);
    }

    @Test
    void takesNoIdTwice() {
        DevicePrekeys known = DevicePrekeys.NONE.with(new PrekeyBatch(range(5, 3), List.of()), 7);

        assertThat(objection(known, range(7, 2), List.of()))
                .isEqualTo(Problem.of(ProblemType.PREKEY_IDS).withLimit(7));
        assertThat(objection(known, List.of(), keys(2, 3)).type()).isEqualTo(ProblemType.PREKEY_IDS);
        assertThat(objection(keys(1, 1, 1), List.of()).type()).isEqualTo(ProblemType.MALFORMED);
        assertThat(objection(keys(1, 1), keys(1, 1)).type()).isEqualTo(ProblemType.MALFORMED);
    }

    @Test
    void takesOneLastResortASuiteAndFewSuites() {
        assertThat(objection(List.of(), keys(1, 1, 2)).type()).isEqualTo(ProblemType.MALFORMED);
        DevicePrekeys known = DevicePrekeys.NONE;
        for (int suite = 1; suite <= 4; suite++) {
            PrekeyBatch next = new PrekeyBatch(List.of(), keys(suite, suite));
            assertThat(PrekeyTerms.objection(known, next)).isEmpty();
            known = known.with(next, 7);
        }
        assertThat(objection(known, keys(5, 9), List.of()).type()).isEqualTo(ProblemType.MALFORMED);
    }

    @Test
    void takesNoEmptyBatch() {
        assertThat(objection(List.of(), List.of()).type()).isEqualTo(ProblemType.MALFORMED);
    }
}
