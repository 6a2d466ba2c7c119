package lethe.loadtest.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import lethe.loadtest.sms.Step.Move;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScriptTest {
    private static final long DEADLINE = 1_000;
    private static final int TRIALS = 300;

    @ParameterizedTest
    @EnumSource
    void sendsOnceAndLeavesEverybodyWithANetworkAndIdle(Reception reception) {
        for (long seed = 0; seed < TRIALS; seed++) {
            Script script = Script.draw(reception, DEADLINE, new Random(seed));
            Set<Move> open = EnumSet.noneOf(Move.class);
            int sent = 0;
            for (Step step : script.steps()) {
                switch (step.move()) {
                    case SEND -> sent++;
                    case RECIPIENT_LEAVES, RECIPIENT_BUSY, SENDER_LEAVES ->
                        assertThat(open.add(step.move())).isTrue();
                    case RECIPIENT_RETURNS ->
                        assertThat(open.remove(Move.RECIPIENT_LEAVES)).isTrue();
                    case RECIPIENT_FREE ->
                        assertThat(open.remove(Move.RECIPIENT_BUSY)).isTrue();
                    case SENDER_RETURNS ->
                        assertThat(open.remove(Move.SENDER_LEAVES)).isTrue();
                }
            }
            assertThat(sent).as("%s, seed %d", script, seed).isEqualTo(1);
            assertThat(open).as("%s, seed %d", script, seed).isEmpty();
            assertThat(script.steps()).isSortedAccordingTo(Comparator.comparingLong(Step::atMillis));
            assertThat(script.steps().get(0).atMillis()).isNotNegative();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BACK_AT", "FLICKERING", "LOST", "SENDER_AWAY"})
    void comesOutOnBothSidesOfTheDeadline(Reception reception) {
        Set<Boolean> late = new HashSet<>();
        for (long seed = 0; seed < TRIALS; seed++) {
            Script script = Script.draw(reception, DEADLINE, new Random(seed));
            long sent = script.steps().stream()
                    .filter(step -> step.move() == Move.SEND)
                    .findFirst()
                    .orElseThrow()
                    .atMillis();
            late.add(script.millis() > sent + DEADLINE);
        }
        assertThat(late).containsExactlyInAnyOrder(true, false);
    }
}
