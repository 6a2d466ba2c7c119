package lethe.registrar.tagger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lethe.core.identity.Opaque;
import lethe.core.permit.Permit;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");
    private static final Opaque ALICE = bytes(1);
    private static final Opaque BOB = bytes(2);

    private final AtomicInteger alarms = new AtomicInteger();
    private final Accounts accounts = new Accounts(new Allowance(1000, 100, 2, 50), alarms::incrementAndGet);
    private int nonces = 100;

    @Test
    void givesEachPseudonymItsBurst() {
        for (int batch = 0; batch < 4; batch++) {
            assertThat(take(ALICE, 250, START)).isEmpty();
        }

        assertThat(take(ALICE, 10, START)).contains(used(Duration.ofMinutes(144)));
        assertThat(take(BOB, 250, START)).isEmpty();
    }

    @Test
    void givesBackAHundredADay() {
        for (int batch = 0; batch < 4; batch++) {
            assertThat(take(ALICE, 250, START)).isEmpty();
        }
        Instant tomorrow = START.plus(Duration.ofDays(1));

        assertThat(take(ALICE, 250, tomorrow)).contains(used(Duration.ofHours(36)));
        assertThat(take(ALICE, 100, tomorrow)).isEmpty();
        assertThat(take(ALICE, 10, tomorrow)).contains(used(Duration.ofMinutes(144)));
    }

    @Test
    void givesBackNoMoreThanTheBurst() {
        Instant later = START.plus(Duration.ofDays(365));
        assertThat(take(ALICE, 250, START)).isEmpty();
        for (int batch = 0; batch < 4; batch++) {
            assertThat(take(ALICE, 250, later)).isEmpty();
        }

        assertThat(take(ALICE, 10, later)).isPresent();
    }

    @Test
    void takesNothingForWhatItRefuses() {
        for (int batch = 0; batch < 3; batch++) {
            assertThat(take(ALICE, 250, START)).isEmpty();
        }
        assertThat(take(ALICE, 100, START)).isEmpty();
        for (int time = 0; time < 5; time++) {
            assertThat(take(ALICE, 250, START)).isPresent();
        }

        assertThat(take(ALICE, 100, START)).isEmpty();
    }

    @Test
    void takesARequestOnce() {
        assertThat(accounts.take(ALICE, bytes(7), 10, START)).isEmpty();

        assertThat(accounts.take(ALICE, bytes(7), 10, START.plusSeconds(119)))
                .contains(Problem.of(ProblemType.REPLAYED));
        assertThat(accounts.take(BOB, bytes(7), 10, START)).isEmpty();
        assertThat(accounts.note(bytes(0), bytes(7), START)).isEmpty();
        assertThat(accounts.note(bytes(0), bytes(7), START)).contains(Problem.of(ProblemType.REPLAYED));
    }

    /** From then on its time is another: two windows are over. */
    @Test
    void forgetsARequestWhenItCannotBeShownAnyMore() {
        assertThat(accounts.take(ALICE, bytes(7), 10, START)).isEmpty();

        assertThat(accounts.take(ALICE, bytes(7), 10, START.plusSeconds(120))).isEmpty();
    }

    @Test
    void refusesRatherThanForgetRequests() {
        for (int nonce = 0; nonce < 50; nonce++) {
            assertThat(take(ALICE, 10, START)).isEmpty();
        }

        assertThat(take(ALICE, 10, START).map(Problem::type)).contains(ProblemType.OVERLOADED);
        assertThat(take(ALICE, 10, START.plusSeconds(120))).isEmpty();
    }

    @Test
    void refusesNewPseudonymsRatherThanForgetOnes() {
        assertThat(take(ALICE, 250, START)).isEmpty();
        assertThat(take(BOB, 10, START)).isEmpty();

        assertThat(take(bytes(3), 10, START))
                .contains(Problem.of(ProblemType.OVERLOADED).withRetryAfter(Duration.ofMinutes(1)));
        assertThat(take(bytes(4), 10, START.plusSeconds(59))).isPresent();
        assertThat(alarms).hasValue(1);
        assertThat(take(bytes(4), 10, START.plusSeconds(61))).isPresent();
        assertThat(alarms).hasValue(2);
        assertThat(take(ALICE, 10, START)).isEmpty();
    }

    @Test
    void hasRoomAgainWhenABurstHasComeBack() {
        assertThat(take(ALICE, 250, START)).isEmpty();
        assertThat(take(BOB, 10, START)).isEmpty();

        assertThat(take(bytes(3), 10, START.plus(Duration.ofMinutes(144)))).isEmpty();
        assertThat(take(BOB, 10, START.plus(Duration.ofMinutes(144)))).isPresent();
    }

    private Optional<Problem> take(Opaque pseudonym, int elements, Instant now) {
        return accounts.take(pseudonym, bytes(nonces++), elements, now);
    }

    private static Problem used(Duration wait) {
        return Problem.of(ProblemType.TOO_MANY_REQUESTS).withLimit(1000).withRetryAfter(wait);
    }

    private static Opaque bytes(int number) {
        return Opaque.wrap(ByteBuffer.allocate(Permit.PSEUDONYM).putInt(number).array());
    }
}
