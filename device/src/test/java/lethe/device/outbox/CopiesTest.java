package lethe.device.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Difference;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.receipt.ReceiptState;
import lethe.device.Given;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages to somebody with several devices. */
class CopiesTest {
    private static final Tag BOB = Given.tag(1);
    private static final DeviceId PHONE = new DeviceId(Given.bytes(new Random(1), DeviceId.LENGTH));
    private static final DeviceId TABLET = new DeviceId(Given.bytes(new Random(2), DeviceId.LENGTH));
    private static final DeviceId LAPTOP = new DeviceId(Given.bytes(new Random(3), DeviceId.LENGTH));
    private static final Instant LATER = Given.NOW.plusSeconds(40);
    private static final Terms BY_SMS_ELSE = Terms.smsAfter(Duration.ofSeconds(30));
    private static final OutboxLimits LIMITS = new OutboxLimits(
            100,
            10_000,
            50,
            100,
            Duration.ofSeconds(10),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMillis(200),
            Duration.ofSeconds(30));

    private final List<OutboxEvent> disk = new ArrayList<>();
    private final List<OutboxAction> told = new ArrayList<>();
    private Outbox outbox = Outbox.recovered(LIMITS, new Random(1), disk, Given.NOW);

    @AfterEach
    void itsShortestHistoryIsWorthWhatItWrote() {
        assertThat(folded(disk)).containsExactlyInAnyOrderElementsOf(outbox.history());
        assertThat(folded(outbox.history())).containsExactlyInAnyOrderElementsOf(outbox.history());
    }

    private static List<OutboxEvent> folded(List<OutboxEvent> history) {
        Entries entries = new Entries();
        history.forEach(entries::apply);
        return entries.history();
    }

    @Test
    void sendsOneCopyToEachDeviceThatABrokerNames() {
        List<ClientFrame.Send> copies = givenCopies(Terms.usual(), 1);

        assertThat(copies).extracting(ClientFrame.Send::device).containsExactly(PHONE, TABLET);
        assertThat(copies).extracting(ClientFrame.Send::list).containsOnly(2L);
        assertThat(copies).extracting(ClientFrame.Send::body).containsOnly(Given.body("body 1"));
        assertThat(copies)
                .extracting(ClientFrame.Send::id)
                .doesNotHaveDuplicates()
                .doesNotContain(Given.id(1));
    }

    @Test
    void keepsTheOrderForEachDevice() {
        List<ClientFrame.Send> copies = givenCopies(Terms.usual(), 3);

        for (DeviceId device : List.of(PHONE, TABLET)) {
            List<ClientFrame.Send> own =
                    copies.stream().filter(send -> device.equals(send.device())).toList();
            assertThat(own)
                    .extracting(ClientFrame.Send::body)
                    .containsExactly(Given.body("body 1"), Given.body("body 2"), Given.body("body 3"));
            assertThat(own.get(0).after()).isNull();
            assertThat(own.get(1).after()).isEqualTo(own.get(0).id());
            assertThat(own.get(2).after()).isEqualTo(own.get(1).id());
        }
    }

    @Test
    void knowsFromThenOn() {
        givenCopies(Terms.usual(), 1);

        outbox.accept(Given.message(2, BOB));

        assertThat(sends(drained(Given.NOW)))
                .extracting(ClientFrame.Send::device)
                .containsExactly(PHONE, TABLET);
    }

    @Test
    void endsWithTheFirstThatIsDeliveredAndIsForgottenWithTheLast() {
        List<ClientFrame.Send> copies = givenCopies(Terms.usual(), 1);

        ended(copies.get(1), ReceiptState.DELIVERED);
        assertThat(told).containsExactly(end(ReceiptState.DELIVERED));
        assertThat(outbox.isEmpty()).isFalse();

        ended(copies.get(0), ReceiptState.EXPIRED);
        assertThat(told).hasSize(1);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void endsUndeliveredOnlyWithTheLast() {
        List<ClientFrame.Send> copies = givenCopies(Terms.usual(), 1);

        ended(copies.get(0), ReceiptState.EXPIRED);
        assertThat(told).isEmpty();

        ended(copies.get(1), ReceiptState.REJECTED);
        assertThat(told).containsExactly(end(ReceiptState.EXPIRED));
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void becomesAnSmsOnceNoCopyCanGoOverIp() {
        List<ClientFrame.Send> copies = givenCopies(BY_SMS_ELSE, 1);

        outbox.fallbackNow(copies.get(0).id(), LATER, false, LATER);
        assertThat(handedToModem(drained(LATER))).isZero();

        outbox.fallbackNow(copies.get(1).id(), LATER, false, LATER);
        assertThat(handedToModem(drained(LATER))).isOne();
    }

    @Test
    void becomesNoSmsIfOneDeviceHasIt() {
        List<ClientFrame.Send> copies = givenCopies(BY_SMS_ELSE, 1);

        outbox.fallbackNow(copies.get(0).id(), LATER, false, LATER);
        outbox.receipt(copies.get(1).id(), ReceiptState.DELIVERED, LATER, false, LATER);
        List<OutboxAction> then = drained(LATER);

        assertThat(handedToModem(then)).isZero();
        ClientFrame.Send late = sends(then).get(0);
        assertThat(late.device()).isEqualTo(PHONE);
        assertThat(late.fallback()).isNull();
        ended(late, ReceiptState.DELIVERED);
        assertThat(told).hasSize(1);
        assertThat(outbox.isEmpty()).isTrue();
    }

    /** A device that has gone since may have had it, and no broker knows any more. */
    @Test
    void becomesNoSmsIfACopyOfAnEarlierConnectionIsForNobodyNow() {
        List<ClientFrame.Send> copies = givenCopies(BY_SMS_ELSE, 1);
        outbox.disconnected();
        outbox.connected(LATER);
        ClientFrame.Send again = sends(drained(LATER)).stream()
                .filter(send -> send.id().equals(copies.get(0).id()))
                .findFirst()
                .orElseThrow();
        outbox.refused(
                again.ref(),
                Problem.of(ProblemType.DEVICES_DIFFER)
                        .with(new Difference(3, List.of(TABLET), List.of(), List.of(PHONE), List.of())),
                LATER);
        outbox.fallbackNow(copies.get(1).id(), LATER, false, LATER);

        assertThat(handedToModem(drained(LATER))).isZero();
        assertThat(told).hasSize(1);
    }

    @Test
    void becomesAnSmsByItselfIfNoBrokerWasOfferedAnyCopy() {
        givenCopies(Terms.usual(), 1);
        outbox.disconnected();
        outbox.accept(Given.message(2, BOB, BY_SMS_ELSE));
        drained(Given.NOW);

        outbox.tick(LATER);

        assertThat(handedToModem(drained(LATER))).isOne();
    }

    /** Some device may have it under the id that it had before. */
    @Test
    void becomesNoSmsByItselfIfABrokerWasOfferedIt() {
        outbox.connected(Given.NOW);
        outbox.accept(Given.message(1, BOB, BY_SMS_ELSE));
        ClientFrame.Send sent = sends(drained(Given.NOW)).get(0);
        outbox.refused(
                sent.ref(),
                Problem.of(ProblemType.DEVICES_DIFFER)
                        .with(new Difference(2, List.of(PHONE, TABLET), List.of(), List.of(), List.of())),
                Given.NOW);
        outbox.disconnected();
        drained(Given.NOW);

        outbox.tick(LATER);

        assertThat(handedToModem(drained(LATER))).isZero();
    }

    @Test
    void becomesNoSmsIfItsOwnerWantsItBack() {
        List<ClientFrame.Send> copies = givenCopies(BY_SMS_ELSE, 1);

        assertThat(outbox.revoke(Given.id(1), Given.NOW)).isTrue();
        assertThat(drained(Given.NOW))
                .filteredOn(
                        action -> action instanceof OutboxAction.Say say && say.frame() instanceof ClientFrame.Revoke)
                .hasSize(2);
        copies.forEach(copy -> outbox.fallbackNow(copy.id(), LATER, false, LATER));

        assertThat(handedToModem(drained(LATER))).isZero();
        assertThat(told).hasSize(1);
    }

    @Test
    void goesOnAfterTheDeathOfThePhone() {
        List<ClientFrame.Send> copies = givenCopies(BY_SMS_ELSE, 1);
        outbox.fallbackNow(copies.get(0).id(), LATER, false, LATER);
        drained(LATER);

        outbox = Outbox.recovered(LIMITS, new Random(1), disk, LATER);
        outbox.connected(LATER);
        drained(LATER);
        outbox.fallbackNow(copies.get(1).id(), LATER, false, LATER);

        assertThat(handedToModem(drained(LATER))).isOne();
    }

    @Test
    void sendsToADeviceThatHasComeAndNotToOneThatHasGone() {
        List<ClientFrame.Send> copies = givenCopies(Terms.usual(), 1);
        Problem differs = Problem.of(ProblemType.DEVICES_DIFFER)
                .with(new Difference(3, List.of(PHONE, LAPTOP), List.of(LAPTOP), List.of(), List.of()));

        copies.forEach(copy -> outbox.refused(copy.ref(), differs, Given.NOW));
        outbox.tick(LATER);
        List<ClientFrame.Send> again = sends(drained(LATER));

        assertThat(again).extracting(ClientFrame.Send::device).containsExactlyInAnyOrder(PHONE, LAPTOP);
        assertThat(again).extracting(ClientFrame.Send::list).containsOnly(3L);
        again.forEach(copy -> ended(copy, ReceiptState.EXPIRED));
        assertThat(told).containsExactly(end(ReceiptState.EXPIRED));
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void endsWithItsOwnersOptingOut() {
        List<ClientFrame.Send> copies = givenCopies(BY_SMS_ELSE, 1);
        outbox.fallbackNow(copies.get(0).id(), LATER, false, LATER);
        drained(LATER);

        outbox.abandon(LATER);

        assertThat(handedToModem(drained(LATER))).isZero();
        assertThat(told).hasSize(1);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void survivesItsOwnersOptingOutWhenOneCopyIsDeliveredAndOneStillHeld() {
        List<ClientFrame.Send> copies = givenCopies(Terms.usual(), 1);
        outbox.held(copies.get(0).id(), LATER);
        ended(copies.get(1), ReceiptState.DELIVERED);
        outbox.accept(Given.message(2, Given.tag(2), BY_SMS_ELSE));
        drained(Given.NOW);

        outbox.abandon(LATER);
        drained(LATER);

        assertThat(outbox.isEmpty()).isTrue();
        outbox.tick(LATER);
        assertThat(handedToModem(drained(LATER))).isZero();
    }

    @Test
    void waitsForTheVerdictOnACopyThatABrokerMayHave() {
        List<ClientFrame.Send> copies = givenCopies(BY_SMS_ELSE, 1);
        Problem differs = Problem.of(ProblemType.DEVICES_DIFFER)
                .with(new Difference(3, List.of(TABLET), List.of(), List.of(PHONE), List.of()));

        outbox.refused(copies.get(1).ref(), differs, Given.NOW);
        drained(Given.NOW);
        outbox.receipt(copies.get(0).id(), ReceiptState.DELIVERED, LATER, false, LATER);
        outbox.fallbackNow(copies.get(1).id(), LATER, false, LATER);

        assertThat(handedToModem(drained(LATER))).isZero();
        assertThat(told).hasSize(1);
    }

    @Test
    void letsNothingOvertakeWhatIsUnderWayToTheOneDeviceThatIsLeft() {
        List<ClientFrame.Send> copies = givenCopies(Terms.usual(), 1);
        Problem differs = Problem.of(ProblemType.DEVICES_DIFFER)
                .with(new Difference(3, List.of(TABLET), List.of(), List.of(PHONE), List.of()));
        outbox.refused(copies.get(0).ref(), differs, Given.NOW);
        outbox.accept(Given.message(2, BOB));

        ClientFrame.Send next = sends(drained(Given.NOW)).get(0);

        assertThat(next.device()).isEqualTo(TABLET);
        assertThat(next.after()).isEqualTo(copies.get(1).id());
    }

    /** The first of some messages has been refused, because Bob has two devices. */
    private List<ClientFrame.Send> givenCopies(Terms terms, int messages) {
        outbox.connected(Given.NOW);
        for (int number = 1; number <= messages; number++) {
            outbox.accept(Given.message(number, BOB, terms));
        }
        List<ClientFrame.Send> sent = sends(drained(Given.NOW));
        Problem differs = Problem.of(ProblemType.DEVICES_DIFFER)
                .with(new Difference(2, List.of(PHONE, TABLET), List.of(PHONE, TABLET), List.of(), List.of()));
        sent.forEach(send -> outbox.refused(send.ref(), differs, Given.NOW));
        return sends(drained(Given.NOW));
    }

    private void ended(ClientFrame.Send copy, ReceiptState state) {
        outbox.receipt(copy.id(), state, Given.NOW, false, Given.NOW);
        drained(Given.NOW);
    }

    private static OutboxAction end(ReceiptState state) {
        return new OutboxAction.TellEnded(Given.id(1), new Outcome.Receipted(state), Given.NOW);
    }

    private List<OutboxAction> drained(Instant now) {
        List<OutboxAction> all = new ArrayList<>();
        List<OutboxAction> actions = outbox.drain(now);
        while (!actions.isEmpty()) {
            all.addAll(actions);
            for (OutboxAction action : actions) {
                if (action instanceof OutboxAction.Write write) {
                    disk.add(write.event());
                } else if (action instanceof OutboxAction.TellEnded ended) {
                    told.add(ended);
                    outbox.told(ended.id());
                }
            }
            actions = outbox.drain(now);
        }
        return all;
    }

    private static long handedToModem(List<OutboxAction> actions) {
        return actions.stream()
                .filter(OutboxAction.HandToModem.class::isInstance)
                .count();
    }

    private static List<ClientFrame.Send> sends(List<OutboxAction> actions) {
        return actions.stream()
                .filter(OutboxAction.Say.class::isInstance)
                .map(action -> ((OutboxAction.Say) action).frame())
                .filter(ClientFrame.Send.class::isInstance)
                .map(ClientFrame.Send.class::cast)
                .toList();
    }
}
