package lethe.device.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lethe.core.identity.MessageId;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.receipt.ReceiptState;
import lethe.device.Given;
import lethe.device.sms.SmsResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutboxTest {
    private static final Tag BOB = Given.tag(1);
    private static final Tag CAROL = Given.tag(2);
    private static final OutboxLimits LIMITS = new OutboxLimits(
            100,
            1_000,
            3,
            5,
            Duration.ofSeconds(10),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMillis(200),
            Duration.ofSeconds(30));

    private static final Instant GRANTED = Given.NOW.plus(Duration.ofDays(2));

    private final List<OutboxEvent> disk = new ArrayList<>();
    private Outbox outbox = Outbox.recovered(LIMITS, new Random(1), disk, Given.NOW);

    @Test
    void sendsNoMoreAtATimeThanItsWindows() {
        outbox.connected(Given.NOW);
        for (int i = 1; i <= 20; i++) {
            outbox.accept(Given.message(i, i <= 10 ? BOB : CAROL));
        }

        List<ClientFrame.Send> sends = sends(drained(Given.NOW));

        assertThat(sends).hasSize(5);
        assertThat(sends).filteredOn(send -> send.to().equals(BOB)).hasSize(3);
    }

    @Test
    void sendsTheNextOnceOneIsAnswered() {
        outbox.connected(Given.NOW);
        for (int i = 1; i <= 5; i++) {
            outbox.accept(Given.message(i, BOB));
        }
        drained(Given.NOW);

        outbox.held(Given.id(1), GRANTED);

        assertThat(sends(drained(Given.NOW))).extracting(ClientFrame.Send::id).containsExactly(Given.id(4));
    }

    @Test
    void refusesMoreThanItsBounds() {
        for (int i = 1; i <= 100; i++) {
            assertThat(outbox.accept(Given.message(i, BOB))).isEqualTo(Acceptance.ACCEPTED);
        }
        assertThat(outbox.accept(Given.message(101, BOB))).isEqualTo(Acceptance.FULL);
        assertThat(outbox.accept(Given.message(1, BOB))).isEqualTo(Acceptance.ID_REUSED);
    }

    @Test
    void refusesMoreBytesThanItsBound() {
        Message large =
                new Message(Given.id(1), BOB, null, Terms.usual(), Given.body("x".repeat(1_001)), null, Given.NOW);

        assertThat(outbox.accept(large)).isEqualTo(Acceptance.FULL);
    }

    @Test
    void writesThatItOffersAMessageBeforeItDoes() {
        outbox.connected(Given.NOW);
        outbox.accept(Given.message(1, BOB));

        assertThat(outbox.drain(Given.NOW))
                .hasSize(3)
                .startsWith(
                        new OutboxAction.Write(new OutboxEvent.Accepted(Given.message(1, BOB))),
                        new OutboxAction.Write(new OutboxEvent.Offered(Given.id(1), Given.NOW)));
    }

    @ParameterizedTest
    @EnumSource(
            value = ProblemType.class,
            names = {
                "OUT_OF_ORDER",
                "QUEUE_FULL",
                "SENDER_SHARE",
                "OVERLOADED",
                "STORE_DOWN",
                "TOO_MANY_REQUESTS",
                "INTERNAL",
                "NO_CONSENT",
                "OUT_OF_TURN"
            })
    void sendsEverythingUnansweredAgainAfterARefusalForNow(ProblemType type) {
        outbox.connected(Given.NOW);
        outbox.accept(Given.message(1, BOB));
        outbox.accept(Given.message(2, BOB));
        List<ClientFrame.Send> first = sends(drained(Given.NOW));

        outbox.refused(first.get(0).ref(), Problem.of(type).withRetryAfter(Duration.ofSeconds(2)), Given.NOW);
        outbox.refused(first.get(1).ref(), Problem.of(ProblemType.OUT_OF_ORDER), Given.NOW);
        outbox.tick(Given.NOW.plusSeconds(1));
        assertThat(sends(drained(Given.NOW.plusSeconds(1)))).isEmpty();
        outbox.tick(Given.NOW.plusSeconds(3));

        assertThat(sends(drained(Given.NOW.plusSeconds(3))))
                .extracting(ClientFrame.Send::id)
                .containsExactly(Given.id(1), Given.id(2));
    }

    @ParameterizedTest
    @EnumSource(
            value = ProblemType.class,
            names = {"TOO_LARGE", "ID_REUSED", "MALFORMED", "UNKNOWN_FIELD", "DEVICES_DIFFER"})
    void endsAMessageThatIsRefusedForGood(ProblemType type) {
        outbox.connected(Given.NOW);
        outbox.accept(Given.message(1, BOB));
        long ref = sends(drained(Given.NOW)).get(0).ref();

        outbox.refused(ref, Problem.of(type), Given.NOW);

        assertThat(drained(Given.NOW))
                .contains(new OutboxAction.TellEnded(Given.id(1), new Outcome.Refused(Problem.of(type)), Given.NOW));
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void offersAgainUnderTheSameIdWhatTheBrokerLost() {
        outbox.connected(Given.NOW);
        outbox.accept(Given.message(1, BOB));
        drained(Given.NOW);
        outbox.held(Given.id(1), GRANTED);
        drained(Given.NOW);

        outbox.receipt(Given.id(1), ReceiptState.LOST, Given.NOW, true, Given.NOW);

        List<OutboxAction> actions = drained(Given.NOW);
        assertThat(actions).contains(new OutboxAction.Say(new ClientFrame.Settle(BOB, List.of(Given.id(1)))));
        assertThat(actions).noneMatch(OutboxAction.TellEnded.class::isInstance);
        outbox.tick(Given.NOW.plusSeconds(1));
        assertThat(sends(drained(Given.NOW.plusSeconds(1))))
                .extracting(ClientFrame.Send::id)
                .containsExactly(Given.id(1));
    }

    @Test
    void neverAsksTheModemAgainIfThePhoneDiedMeanwhile() {
        givenAVerdict();

        restart(Given.NOW);

        assertThat(drained(Given.NOW))
                .contains(new OutboxAction.TellEnded(Given.id(1), new Outcome.BySms(SmsResult.UNKNOWN), Given.NOW))
                .noneMatch(OutboxAction.HandToModem.class::isInstance);
    }

    @Test
    void givesUpOnAModemThatFellSilent() {
        givenAVerdict();
        Instant later = Given.NOW.plus(LIMITS.modem());

        outbox.tick(later);
        outbox.smsEnded(Given.id(1), SmsResult.SENT, later);

        assertThat(drained(later))
                .filteredOn(OutboxAction.TellEnded.class::isInstance)
                .containsExactly(new OutboxAction.TellEnded(Given.id(1), new Outcome.BySms(SmsResult.UNKNOWN), later));
    }

    @Test
    void settlesUntilTheBrokerNoLongerKnowsTheReceipt() {
        outbox.connected(Given.NOW);
        outbox.accept(Given.message(1, BOB));
        drained(Given.NOW);
        outbox.receipt(Given.id(1), ReceiptState.EXPIRED, Given.NOW, true, Given.NOW);
        ClientFrame settle = new ClientFrame.Settle(BOB, List.of(Given.id(1)));
        assertThat(drained(Given.NOW)).contains(new OutboxAction.Say(settle));
        Instant later = Given.NOW.plusSeconds(11);

        outbox.tick(later);
        assertThat(drained(later)).contains(new OutboxAction.Say(settle));
        outbox.unknown(Given.id(1), later);
        drained(later);

        assertThat(outbox.isEmpty()).isTrue();
    }

    /** A second copy may have come late, and ended in memory: asked after the first, the broker speaks of that one. */
    @Test
    void hasNothingToSettleIfTheBrokerKeepsNoReceipt() {
        outbox.connected(Given.NOW);
        outbox.accept(Given.message(1, BOB));
        drained(Given.NOW);
        outbox.receipt(Given.id(1), ReceiptState.DELIVERED, Given.NOW, true, Given.NOW);
        drained(Given.NOW);
        assertThat(outbox.isEmpty()).isFalse();

        outbox.receipt(Given.id(1), ReceiptState.EXPIRED, Given.NOW, false, Given.NOW);

        assertThat(drained(Given.NOW)).contains(new OutboxAction.Write(new OutboxEvent.Settled(Given.id(1))));
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void expiresByItselfWhatNoBrokerWasEverOffered() {
        outbox.accept(Given.message(1, BOB, Terms.livingFor(Duration.ofMinutes(1))));
        Instant later = Given.NOW.plusSeconds(61);

        outbox.tick(later);

        assertThat(drained(later))
                .contains(new OutboxAction.TellEnded(Given.id(1), new Outcome.Receipted(ReceiptState.EXPIRED), later));
    }

    @Test
    void asksForTheVerdictSoonAfterTheDeadlineAndThenOften() {
        outbox.connected(Given.NOW);
        outbox.accept(Given.message(1, BOB, Terms.smsAfter(Duration.ofSeconds(30))));
        drained(Given.NOW);
        outbox.held(Given.id(1), GRANTED);
        drained(Given.NOW);

        List<Integer> asked = new ArrayList<>();
        for (int second = 1; second <= 60; second++) {
            Instant now = Given.NOW.plusSeconds(second);
            outbox.tick(now);
            if (drained(now).contains(new OutboxAction.Say(new ClientFrame.Watch(BOB, List.of(Given.id(1)))))) {
                asked.add(second);
            }
        }

        assertThat(asked).containsExactly(32, 43, 54);
    }

    @Test
    void takesBackByItselfWhatNoBrokerWasEverOffered() {
        outbox.accept(Given.message(1, BOB));

        assertThat(outbox.revoke(Given.id(1), Given.NOW)).isTrue();

        assertThat(drained(Given.NOW))
                .contains(new OutboxAction.TellEnded(
                        Given.id(1), new Outcome.Receipted(ReceiptState.REVOKED), Given.NOW));
        assertThat(outbox.revoke(Given.id(1), Given.NOW)).isFalse();
    }

    private void givenAVerdict() {
        outbox.connected(Given.NOW);
        outbox.accept(Given.message(1, BOB, Terms.smsAfter(Duration.ofSeconds(30))));
        drained(Given.NOW);
        outbox.fallbackNow(Given.id(1), Given.NOW, false, Given.NOW);
        assertThat(drained(Given.NOW))
                .filteredOn(OutboxAction.HandToModem.class::isInstance)
                .hasSize(1);
    }

    /** Drains as the client does: writes, and notes that the application was told. */
    private List<OutboxAction> drained(Instant now) {
        List<OutboxAction> all = new ArrayList<>();
        List<OutboxAction> actions = outbox.drain(now);
        while (!actions.isEmpty()) {
            all.addAll(actions);
            for (OutboxAction action : actions) {
                if (action instanceof OutboxAction.Write write) {
                    disk.add(write.event());
                } else if (action instanceof OutboxAction.TellEnded ended) {
                    outbox.told(ended.id());
                }
            }
            actions = outbox.drain(now);
        }
        return all;
    }

    private void restart(Instant now) {
        outbox = Outbox.recovered(LIMITS, new Random(1), disk, now);
    }

    private static List<ClientFrame.Send> sends(List<OutboxAction> actions) {
        List<ClientFrame.Send> sends = new ArrayList<>();
        for (OutboxAction action : actions) {
            if (action instanceof OutboxAction.Say say && say.frame() instanceof ClientFrame.Send send) {
                sends.add(send);
            }
        }
        return sends;
    }

    @Test
    void namesNobodyWhenItPrints() {
        Message message = Given.message(1, BOB);

        assertThat(message.toString())
                .doesNotContain(BOB.toText())
                .contains(Given.id(1).toText());
        MessageId id = message.id();
        assertThat(new OutboxEvent.Accepted(message).toString())
                .contains(id.toText())
                .doesNotContain("body 1");
    }
}
