package lethe.device.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.receipt.ReceiptState;
import lethe.device.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A phone that comes back late: what its recipient may have had, and have forgotten, is not sent again. */
class LifetimeTest {
    private static final Tag BOB = Given.tag(1);
    private static final Instant GRANTED = Given.NOW.plus(Duration.ofDays(2));
    private static final Instant LATE = Given.NOW.plus(Duration.ofDays(9));

    private final List<OutboxEvent> disk = new ArrayList<>();
    private Outbox outbox = Outbox.recovered(OutboxLimits.usual(), new Random(1), disk, Given.NOW);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsWhatWasHeldAndIsUnknownPastTheLifetimeThatWasGranted(boolean died) {
        givenAMessage(Terms.usual());
        outbox.held(Given.id(1), GRANTED);
        drained(Given.NOW);

        comeBack(GRANTED, died);
        outbox.unknown(Given.id(1), GRANTED);

        assertExpired(GRANTED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsWhatWasOfferedWithoutATtlAndIsUnknownLate(boolean died) {
        givenAMessage(Terms.usual());

        comeBack(LATE, died);
        assertIsAskedAfterAndNotSent(LATE);
        outbox.unknown(Given.id(1), LATE);

        assertExpired(LATE);
    }

    @Test
    void endsWhatIsUnknownPastItsOwnTtl() {
        givenAMessage(Terms.livingFor(Duration.ofMinutes(1)));
        Instant later = Given.NOW.plusSeconds(61);

        comeBack(later, false);
        assertIsAskedAfterAndNotSent(later);
        outbox.unknown(Given.id(1), later);

        assertExpired(later);
    }

    @Test
    void hearsLateHowAMessageEnded() {
        givenAMessage(Terms.usual());

        comeBack(LATE, false);
        assertIsAskedAfterAndNotSent(LATE);
        outbox.receipt(Given.id(1), ReceiptState.DELIVERED, Given.NOW, false, LATE);

        assertThat(drained(LATE)).contains(ended(ReceiptState.DELIVERED, Given.NOW));
    }

    @Test
    void keepsAskingPastTheLifetime() {
        givenAMessage(Terms.usual());
        comeBack(LATE, false);
        assertIsAskedAfterAndNotSent(LATE);
        Instant later = LATE.plusSeconds(11);

        outbox.tick(later);

        assertIsAskedAfterAndNotSent(later);
    }

    @Test
    void doesNotOfferAnewPastTheLifetimeWhatTheBrokerLost() {
        givenAMessage(Terms.usual());
        outbox.held(Given.id(1), GRANTED);
        comeBack(LATE, false);
        drained(LATE);

        outbox.receipt(Given.id(1), ReceiptState.LOST, LATE, false, LATE);

        List<OutboxAction> actions = drained(LATE);
        assertThat(actions).contains(ended(ReceiptState.LOST, LATE));
        assertThat(sends(actions)).isEmpty();
    }

    @Test
    void sendsWhatComesBehindAMessageThatHasExpired() {
        givenAMessage(Terms.usual());
        comeBack(LATE, false);
        outbox.accept(late(2));
        long ref = sends(drained(LATE)).get(0).ref();

        outbox.refused(ref, Problem.of(ProblemType.OUT_OF_ORDER), LATE);
        outbox.unknown(Given.id(1), LATE);

        assertExpired(LATE);
        outbox.tick(LATE.plusSeconds(1));
        assertThat(sends(drained(LATE.plusSeconds(1)))).singleElement().satisfies(send -> {
            assertThat(send.id()).isEqualTo(Given.id(2));
            assertThat(send.after()).isNull();
        });
    }

    @Test
    void namesWhatIsLeftOfTheLifetimeThatWasGranted() {
        givenAMessage(Terms.usual());
        outbox.held(Given.id(1), GRANTED);
        drained(Given.NOW);
        Instant hourLeft = GRANTED.minus(Duration.ofHours(1));

        comeBack(hourLeft, true);
        outbox.unknown(Given.id(1), hourLeft);

        assertThat(sends(drained(hourLeft))).extracting(ClientFrame.Send::ttl).containsExactly(Duration.ofHours(1));
    }

    @Test
    void namesWhatIsLeftOfTheUsualLifetimeIfNoneWasGranted() {
        givenAMessage(Terms.usual());
        Instant later = Given.NOW.plus(Duration.ofHours(70));

        comeBack(later, true);

        assertThat(sends(drained(later))).extracting(ClientFrame.Send::ttl).containsExactly(Duration.ofHours(2));
    }

    @Test
    void isNotGrantedALongerLifetimeTheSecondTime() {
        givenAMessage(Terms.usual());
        outbox.held(Given.id(1), GRANTED);
        outbox.unknown(Given.id(1), Given.NOW);
        drained(Given.NOW);
        outbox.held(Given.id(1), LATE);
        drained(Given.NOW);

        comeBack(GRANTED, true);
        outbox.unknown(Given.id(1), GRANTED);

        assertExpired(GRANTED);
    }

    @Test
    void keepsTheGrantOfAMessageThatTheBrokerForgot() {
        givenAMessage(Terms.usual());
        outbox.held(Given.id(1), GRANTED);
        outbox.unknown(Given.id(1), Given.NOW);
        drained(Given.NOW);
        disk.clear();
        disk.addAll(outbox.history());

        comeBack(GRANTED, true);

        assertIsAskedAfterAndNotSent(GRANTED);
    }

    @Test
    void sendsForTheFirstTimeHoweverLate() {
        outbox.accept(Given.message(1, BOB));
        drained(Given.NOW);

        comeBack(LATE, true);

        assertThat(sends(drained(LATE))).extracting(ClientFrame.Send::ttl).containsOnlyNulls();
        outbox.disconnected();
        outbox.connected(LATE.plusSeconds(3600));
        assertThat(sends(drained(LATE.plusSeconds(3600))))
                .extracting(ClientFrame.Send::ttl)
                .containsExactly(Duration.ofHours(71));
    }

    private void givenAMessage(Terms terms) {
        outbox.connected(Given.NOW);
        outbox.accept(Given.message(1, BOB, terms));
        assertThat(sends(drained(Given.NOW))).hasSize(1);
    }

    private static Message late(int number) {
        Message base = Given.message(number, BOB);
        return new Message(base.id(), BOB, null, base.terms(), base.body(), null, LATE);
    }

    private void comeBack(Instant now, boolean died) {
        outbox.disconnected();
        if (died) {
            outbox = Outbox.recovered(OutboxLimits.usual(), new Random(2), disk, now);
        }
        outbox.tick(now);
        outbox.connected(now);
    }

    private void assertExpired(Instant now) {
        List<OutboxAction> actions = drained(now);
        assertThat(actions).contains(ended(ReceiptState.EXPIRED, now));
        assertThat(sends(actions)).isEmpty();
    }

    private void assertIsAskedAfterAndNotSent(Instant now) {
        List<OutboxAction> actions = drained(now);
        assertThat(actions).contains(new OutboxAction.Say(new ClientFrame.Watch(BOB, List.of(Given.id(1)))));
        assertThat(sends(actions)).isEmpty();
    }

    private static OutboxAction ended(ReceiptState state, Instant at) {
        return new OutboxAction.TellEnded(Given.id(1), new Outcome.Receipted(state), at);
    }

    private List<OutboxAction> drained(Instant now) {
        List<OutboxAction> all = new ArrayList<>();
        List<OutboxAction> actions = outbox.drain(now);
        while (!actions.isEmpty()) {
            all.addAll(actions);
            for (OutboxAction action : actions) {
                if (action instanceof OutboxAction.Write write) {
                    disk.add(OutboxRecords.decode(OutboxRecords.encode(write.event())));
                }
            }
            actions = outbox.drain(now);
        }
        return all;
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
}
