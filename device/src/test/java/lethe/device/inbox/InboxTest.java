package lethe.device.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lethe.device.Given;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final List<InboxEvent> disk = new ArrayList<>();
    private Inbox inbox = Inbox.recovered(new InboxLimits(3, Duration.ofDays(1)), disk, Given.NOW);

    @Test
    void takesAMessageOnce() {
        assertThat(take(1)).isTrue();
        assertThat(take(1)).isFalse();
        inbox.handedOver(Given.id(1), Given.NOW);
        assertThat(take(1)).isFalse();
    }

    @Test
    void knowsWhatWasTakenAndWhatWasHandedOver() {
        take(1);
        take(2);
        inbox.handedOver(Given.id(1), Given.NOW);

        assertThat(inbox.knows(Given.id(1)::equals)).isTrue();
        assertThat(inbox.knows(Given.id(2)::equals)).isTrue();
        assertThat(inbox.knows(Given.id(3)::equals)).isFalse();
    }

    @Test
    void handsOverAfterARestartWhatWasTaken() {
        take(1);
        take(2);
        inbox.handedOver(Given.id(1), Given.NOW);
        restart();

        assertThat(inbox.pending()).extracting(InboxEvent.Taken::id).containsExactly(Given.id(2));
        assertThat(take(1)).isFalse();
        assertThat(take(2)).isFalse();
    }

    @Test
    void remembersNoMoreIdsThanItsBound() {
        for (int i = 1; i <= 4; i++) {
            take(i);
            inbox.handedOver(Given.id(i), Given.NOW);
        }

        assertThat(inbox.size()).isEqualTo(3);
        assertThat(take(4)).isFalse();
        assertThat(take(1)).isTrue();
    }

    @Test
    void forgetsIdsThatAreTooOldToComeAgain() {
        take(1);
        inbox.handedOver(Given.id(1), Given.NOW);
        take(2);
        inbox.handedOver(Given.id(2), Given.NOW.plus(Duration.ofHours(25)));

        assertThat(inbox.size()).isEqualTo(1);
    }

    @Test
    void neverForgetsWhatTheApplicationHasNotHad() {
        for (int i = 1; i <= 10; i++) {
            take(i);
        }

        assertThat(inbox.pending()).hasSize(10);
    }

    @Test
    void recoversFromItsShortestHistory() {
        for (int i = 1; i <= 3; i++) {
            take(i);
        }
        inbox.handedOver(Given.id(2), Given.NOW);

        Inbox again = Inbox.recovered(InboxLimits.usual(), inbox.history(), Given.NOW);

        assertThat(again.pending()).isEqualTo(inbox.pending());
        assertThat(again.size()).isEqualTo(3);
    }

    private boolean take(int number) {
        return inbox.take(Given.id(number), Given.body("body " + number), Given.body("use " + number), Given.NOW);
    }

    /** What was drained went to the disk as bytes, and comes back from there. */
    private void restart() {
        inbox.drain().stream()
                .map(InboxRecords::encode)
                .map(InboxRecords::decode)
                .forEach(disk::add);
        inbox = Inbox.recovered(new InboxLimits(3, Duration.ofDays(1)), disk, Given.NOW);
    }
}
