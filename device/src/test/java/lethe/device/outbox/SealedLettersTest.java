package lethe.device.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Difference;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.receipt.ReceiptState;
import lethe.device.Given;
import lethe.device.sms.SmsCopy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Letters, of which each device of the recipient gets an envelope of its own. */
class SealedLettersTest {
    private static final Tag BOB = Given.tag(1);
    private static final DeviceId PHONE = new DeviceId(Given.bytes(new Random(1), DeviceId.LENGTH));
    private static final DeviceId TABLET = new DeviceId(Given.bytes(new Random(2), DeviceId.LENGTH));
    private static final Instant LATER = Given.NOW.plusSeconds(40);
    private static final Terms BY_SMS_ELSE = Terms.smsAfter(Duration.ofSeconds(30));
    private static final OutboxLimits LIMITS = OutboxLimits.usual();

    private final List<OutboxEvent> disk = new ArrayList<>();
    private final List<OutboxAction> told = new ArrayList<>();
    private final List<OutboxAction.Seal> asked = new ArrayList<>();
    private Outbox outbox = Outbox.recovered(LIMITS, new Random(1), disk, Given.NOW);

    @AfterEach
    void itsShortestHistoryIsWorthWhatItWrote() {
        assertThat(folded(disk)).containsExactlyInAnyOrderElementsOf(outbox.history());
        assertThat(folded(outbox.history())).containsExactlyInAnyOrderElementsOf(outbox.history());
    }

    private static List<OutboxEvent> folded(List<OutboxEvent> history) {
        Entries entries = new Entries();
        history.stream().map(OutboxRecords::encode).map(OutboxRecords::decode).forEach(entries::apply);
        return entries.history();
    }

    @Test
    void asksForEnvelopesOnceItIsConnectedAndOneLetterAtATime() {
        outbox.accept(letter(1, Terms.usual()));
        outbox.accept(letter(2, Terms.usual()));
        drained(Given.NOW);
        assertThat(asked).isEmpty();

        outbox.connected(Given.NOW);
        drained(Given.NOW);

        assertThat(asked).containsExactly(new OutboxAction.Seal(BOB, Given.body("letter 1"), Set.of()));
    }

    @Test
    void sendsEachDeviceItsOwnEnvelopeInTheOrderOfTheLetters() {
        connectedWith(letter(1, Terms.usual()), letter(2, Terms.usual()));

        List<ClientFrame.Send> first = sealed(envelopes("one", PHONE, TABLET));
        List<ClientFrame.Send> second = sealed(envelopes("two", PHONE, TABLET));

        assertThat(first).extracting(ClientFrame.Send::device).containsExactly(PHONE, TABLET);
        assertThat(first)
                .extracting(ClientFrame.Send::body)
                .containsExactly(envelope("one", PHONE), envelope("one", TABLET));
        assertThat(first).extracting(ClientFrame.Send::list).containsOnly(5L);
        assertThat(second)
                .extracting(ClientFrame.Send::after)
                .containsExactly(first.get(0).id(), first.get(1).id());
    }

    @Test
    void keepsTheEnvelopesAcrossTheDeathOfThePhone() {
        connectedWith(letter(1, Terms.usual()));
        List<ClientFrame.Send> before = sealed(envelopes("one", PHONE, TABLET));

        restarted(LATER);

        assertThat(sends(drained(LATER)))
                .extracting(ClientFrame.Send::id, ClientFrame.Send::body)
                .containsExactlyElementsOf(before.stream()
                        .map(send -> org.assertj.core.groups.Tuple.tuple(send.id(), send.body()))
                        .toList());
    }

    @Test
    void asksAgainForWhatWasNotSealedWhenThePhoneDied() {
        connectedWith(letter(1, Terms.usual()));

        restarted(LATER);
        drained(LATER);

        assertThat(asked).hasSize(2);
        assertThat(sealed(envelopes("one", PHONE))).hasSize(1);
    }

    @Test
    void triesAgainLaterIfNothingCanBeSealedNow() {
        connectedWith(letter(1, Terms.usual()));

        outbox.sealed(BOB, new SealAnswer.NotNow(Duration.ofSeconds(5)), Given.NOW);
        drained(Given.NOW.plusSeconds(4));
        assertThat(asked).hasSize(1);

        drained(LATER);
        assertThat(asked).hasSize(2);
        outbox.sealed(BOB, new SealAnswer.Envelopes(5, List.of(PHONE), Map.of()), LATER);
        drained(LATER.plusSeconds(60));
        assertThat(asked).as("no device has left prekeys").hasSize(3);
    }

    @Test
    void goesOnAtOnceWhenItsOwnerHasDecided() {
        connectedWith(letter(1, Terms.usual()));
        outbox.sealed(BOB, new SealAnswer.NotNow(Duration.ofDays(1)), Given.NOW);
        drained(Given.NOW);

        outbox.sealNow();
        drained(Given.NOW);

        assertThat(asked).hasSize(2);
    }

    @Test
    void isRejectedIfNobodyIsThere() {
        connectedWith(letter(1, Terms.usual()));

        outbox.sealed(BOB, new SealAnswer.Nobody(), Given.NOW);
        drained(Given.NOW);

        assertThat(told).containsExactly(end(new Outcome.Receipted(ReceiptState.REJECTED)));
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void becomesAnSmsAtOnceIfNobodyIsThere() {
        connectedWith(letter(1, BY_SMS_ELSE));

        outbox.sealed(BOB, new SealAnswer.Nobody(), Given.NOW);

        assertThat(handedToModem(drained(Given.NOW))).isOne();
    }

    @Test
    void becomesAnSmsAtTheDeadlineIfItWasNeverSealedAndNothingElseThen() {
        connectedWith(letter(1, BY_SMS_ELSE));

        outbox.tick(LATER);
        assertThat(handedToModem(drained(LATER))).isOne();

        assertThat(sealed(envelopes("one", PHONE))).isEmpty();
    }

    @Test
    void becomesAnSmsOnlyWithTheVerdictOnEachEnvelope() {
        connectedWith(letter(1, BY_SMS_ELSE));
        List<ClientFrame.Send> copies = sealed(envelopes("one", PHONE, TABLET));

        outbox.tick(LATER);
        outbox.fallbackNow(copies.get(0).id(), LATER, false, LATER);
        assertThat(handedToModem(drained(LATER))).isZero();

        outbox.fallbackNow(copies.get(1).id(), LATER, false, LATER);
        assertThat(handedToModem(drained(LATER))).isOne();
    }

    @Test
    void givesItsModemItsTimeHoweverTheBrokersClockGoes() {
        connectedWith(letter(1, BY_SMS_ELSE));
        ClientFrame.Send copy = sealed(envelopes("one", PHONE)).get(0);
        Instant slow = LATER.minus(Duration.ofHours(1));

        outbox.fallbackNow(copy.id(), slow, false, LATER);
        assertThat(handedToModem(drained(LATER))).isOne();
        outbox.tick(LATER.plusSeconds(1));
        drained(LATER.plusSeconds(1));

        assertThat(told).as("the modem has not answered").isEmpty();
    }

    @Test
    void isTooLargeForGood() {
        connectedWith(letter(1, BY_SMS_ELSE));

        outbox.sealed(BOB, new SealAnswer.TooLarge(), Given.NOW);
        drained(Given.NOW);

        assertThat(told).containsExactly(end(new Outcome.Refused(Problem.of(ProblemType.TOO_LARGE))));
    }

    @Test
    void expiresUnsealed() {
        connectedWith(letter(1, Terms.livingFor(Duration.ofSeconds(30))));
        outbox.sealed(BOB, new SealAnswer.NotNow(Duration.ofDays(1)), Given.NOW);

        outbox.tick(LATER);
        drained(LATER);

        assertThat(told)
                .containsExactly(
                        new OutboxAction.TellEnded(Given.id(1), new Outcome.Receipted(ReceiptState.EXPIRED), LATER));
    }

    @Test
    void isSealedForADeviceThatHasComeMeanwhile() {
        connectedWith(letter(1, Terms.usual()));
        ClientFrame.Send sent = sealed(envelopes("one", PHONE)).get(0);

        outbox.refused(
                sent.ref(),
                Problem.of(ProblemType.DEVICES_DIFFER)
                        .with(new Difference(6, List.of(PHONE, TABLET), List.of(TABLET), List.of(), List.of())),
                Given.NOW);
        drained(Given.NOW);
        assertThat(asked.get(1).devices()).containsExactly(TABLET);

        outbox.tick(LATER);
        List<ClientFrame.Send> again = sealed(envelopes("two", TABLET));
        assertThat(again).extracting(ClientFrame.Send::body).contains(envelope("two", TABLET));
    }

    @Test
    void isSealedAnewOnceForADeviceThatCouldNotOpenIt() {
        connectedWith(letter(1, Terms.usual()));
        ClientFrame.Send first = sealed(envelopes("one", PHONE)).get(0);

        ended(first, ReceiptState.UNDECRYPTABLE);
        assertThat(told).isEmpty();
        assertThat(asked.get(1).devices()).containsExactly(PHONE);
        ClientFrame.Send second = sealed(envelopes("two", PHONE)).get(0);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.body()).isEqualTo(envelope("two", PHONE));

        ended(second, ReceiptState.UNDECRYPTABLE);
        assertThat(asked).hasSize(2);
        assertThat(told).containsExactly(end(new Outcome.Receipted(ReceiptState.UNDECRYPTABLE)));
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void isDeliveredByTheSecondEnvelope() {
        connectedWith(letter(1, Terms.usual()));
        ended(sealed(envelopes("one", PHONE)).get(0), ReceiptState.UNDECRYPTABLE);

        ended(sealed(envelopes("two", PHONE)).get(0), ReceiptState.DELIVERED);

        assertThat(told).containsExactly(end(new Outcome.Receipted(ReceiptState.DELIVERED)));
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void rememberAcrossADeathThatADeviceCouldNotOpenIt() {
        connectedWith(letter(1, Terms.usual()));
        ended(sealed(envelopes("one", PHONE)).get(0), ReceiptState.UNDECRYPTABLE);

        restarted(LATER);
        drained(LATER);

        assertThat(told).isEmpty();
        ended(sealed(envelopes("two", PHONE)).get(0), ReceiptState.DELIVERED);
        assertThat(told).containsExactly(end(new Outcome.Receipted(ReceiptState.DELIVERED)));
    }

    @Test
    void reportsThatADeviceCouldNotOpenItIfThereIsNoOtherEnvelope() {
        connectedWith(letter(1, Terms.usual()));
        ended(sealed(envelopes("one", PHONE)).get(0), ReceiptState.UNDECRYPTABLE);

        outbox.sealed(BOB, new SealAnswer.Nobody(), Given.NOW);
        drained(Given.NOW);

        assertThat(told).containsExactly(end(new Outcome.Receipted(ReceiptState.UNDECRYPTABLE)));
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void isSealedAnewForOneDeviceAlsoAfterAnotherGotIt() {
        connectedWith(letter(1, Terms.usual()));
        List<ClientFrame.Send> copies = sealed(envelopes("one", PHONE, TABLET));
        ended(copies.get(0), ReceiptState.DELIVERED);

        ended(copies.get(1), ReceiptState.UNDECRYPTABLE);

        assertThat(told).containsExactly(end(new Outcome.Receipted(ReceiptState.DELIVERED)));
        ended(sealed(envelopes("two", TABLET)).get(0), ReceiptState.DELIVERED);
        assertThat(told).hasSize(1);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void isTakenBackUnsealed() {
        connectedWith(letter(1, Terms.usual()));

        assertThat(outbox.revoke(Given.id(1), Given.NOW)).isTrue();
        drained(Given.NOW);

        assertThat(sealed(envelopes("one", PHONE))).isEmpty();
        assertThat(told).containsExactly(end(new Outcome.Receipted(ReceiptState.REVOKED)));
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void doesNotTellOfWhatItsApplicationDidNotWrite() {
        Message silent = letter(1, Terms.usual());
        connectedWith(new Message(
                silent.id(), BOB, null, silent.terms(), silent.body(), null, silent.at(), Handling.SEALED_SILENTLY));
        ClientFrame.Send sent = sealed(envelopes("one", PHONE)).get(0);

        outbox.held(sent.id(), LATER);
        assertThat(drained(Given.NOW)).noneMatch(OutboxAction.TellHeld.class::isInstance);
        ended(sent, ReceiptState.DELIVERED);

        assertThat(told).isEmpty();
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void endsWithItsOwnersOptingOut() {
        connectedWith(letter(1, BY_SMS_ELSE), letter(2, BY_SMS_ELSE));
        sealed(envelopes("one", PHONE));

        outbox.abandon(LATER);
        assertThat(handedToModem(drained(LATER))).isZero();

        assertThat(told).hasSize(2);
        assertThat(sealed(envelopes("two", PHONE))).isEmpty();
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void takesSeveralTogetherOrNone() {
        Message one = letter(1, Terms.usual());

        assertThat(outbox.accept(List.of(letter(2, Terms.usual()), one))).isEqualTo(Acceptance.ACCEPTED);
        assertThat(outbox.accept(List.of(letter(3, Terms.usual()), one))).isEqualTo(Acceptance.ID_REUSED);
        drained(Given.NOW);

        assertThat(outbox.size()).isEqualTo(2);
    }

    private static Message letter(int number, Terms terms) {
        SmsCopy sms = Given.message(number, BOB, terms).sms();
        return new Message(
                Given.id(number), BOB, null, terms, Given.body("letter " + number), sms, Given.NOW, Handling.SEALED);
    }

    private void connectedWith(Message... letters) {
        Arrays.stream(letters).forEach(outbox::accept);
        outbox.connected(Given.NOW);
        drained(Given.NOW);
    }

    private void restarted(Instant now) {
        outbox = Outbox.recovered(LIMITS, new Random(1), disk, now);
        outbox.connected(now);
    }

    private static Opaque envelope(String what, DeviceId device) {
        return Given.body(what + " for " + device.toText());
    }

    private static SealAnswer envelopes(String what, DeviceId... devices) {
        return new SealAnswer.Envelopes(
                5,
                List.of(devices),
                Arrays.stream(devices).collect(Collectors.toMap(one -> one, one -> envelope(what, one))));
    }

    private List<ClientFrame.Send> sealed(SealAnswer sealed) {
        outbox.sealed(BOB, sealed, Given.NOW);
        return sends(drained(LATER));
    }

    private void ended(ClientFrame.Send copy, ReceiptState state) {
        outbox.receipt(copy.id(), state, Given.NOW, false, Given.NOW);
        drained(Given.NOW);
    }

    private static OutboxAction end(Outcome outcome) {
        return new OutboxAction.TellEnded(Given.id(1), outcome, Given.NOW);
    }

    private List<OutboxAction> drained(Instant now) {
        List<OutboxAction> all = new ArrayList<>();
        List<OutboxAction> actions = outbox.drain(now);
        while (!actions.isEmpty()) {
            all.addAll(actions);
            for (OutboxAction action : actions) {
                if (action instanceof OutboxAction.Write write) {
                    disk.add(write.event());
                } else if (action instanceof OutboxAction.Seal seal) {
                    asked.add(seal);
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
