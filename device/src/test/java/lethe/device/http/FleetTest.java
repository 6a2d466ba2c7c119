package lethe.device.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.client.http.Answer;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FleetTest {
    private static final Answer<Boolean> DONE = new Answer.Good<>(true);
    private static final Answer<Boolean> BUSY = new Answer.Refused<>(Problem.of(ProblemType.OVERLOADED));
    private static final Answer<Boolean> NEVER = new Answer.Refused<>(Problem.of(ProblemType.CONSENT_REFUSED));
    private static final Answer<Boolean> SILENT = new Answer.Unreachable<>("nobody answers");

    private final Fleet fleet = new Fleet(2, Duration.ZERO, Duration.ofSeconds(20));
    private final Deque<Answer<Boolean>> answers = new ArrayDeque<>();
    private final List<String> unanswered = new ArrayList<>();

    @Test
    void asksAgainUntilABusyBrokerHasTime() throws Exception {
        answers.addAll(List.of(BUSY, SILENT, BUSY, DONE));
        fleet.ask(List.of("alice"), this::next);
        assertThat(answers).isEmpty();
    }

    @Test
    void givesUpWhatIsRefusedForGood() {
        answers.addAll(List.of(NEVER, DONE));
        assertThatThrownBy(() -> fleet.ask(List.of("alice"), this::next))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CONSENT_REFUSED");
        assertThat(answers).containsExactly(DONE);
    }

    @Test
    void hasNoMoreUnderWayThanItMay() {
        var impatient = new Fleet(2, Duration.ZERO, Duration.ofMillis(20));
        assertThatThrownBy(() -> impatient.ask(List.of("alice", "bob", "carol"), this::none))
                .hasMessageContaining("2 of 3 phones");
        assertThat(unanswered).containsExactly("alice", "bob");
    }

    private CompletionStage<Answer<Boolean>> none(String phone) {
        unanswered.add(phone);
        return new CompletableFuture<>();
    }

    private CompletionStage<Answer<Boolean>> next(String phone) {
        return CompletableFuture.completedFuture(answers.remove());
    }
}
