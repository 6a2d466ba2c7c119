package lethe.device.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import lethe.core.fallback.Fallback;
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
import org.junit.jupiter.api.Test;

/** Letters that wait for more envelopes after the first: each ends, and none is lost to a device that has come. */
class WaitingLettersTest {
    private static final Tag BOB = Given.tag(1);
    private static final DeviceId PHONE = new DeviceId(Given.bytes(new Random(1), DeviceId.LENGTH));
    private static final DeviceId TABLET = new DeviceId(Given.bytes(new Random(2), DeviceId.LENGTH));
    private static final Instant LATER = Given.NOW.plusSeconds(40);
    private static final Terms BY_SMS_ELSE = Terms.smsAfter(Duration.ofSeconds(30));

    private final List<OutboxEvent> disk = new ArrayList<>();
    private final List<OutboxAction> done = new ArrayList<>();
    private Outbox outbox = Outbox.recovered(OutboxLimits.usual(), new Random(1), disk, Given.NOW);

    @Test
    void isTakenBackWhileItWaitsForASecondEnvelope() {
        ended(sent(letter(1, Terms.usual()), PHONE).get(0), ReceiptState.UNDECRYPTABLE);

        assertThat(outbox.revoke(Given.id(1), LATER)).isTrue();
        drain(LATER);
        sealed("two", PHONE);

        assertThat(ends()).containsExactly("undecryptable");
        assertThat(sends()).hasSize(1);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void goesToTheDeviceThatTookThePlaceOfTheOther() {
        isReplaced(sent(letter(1, Terms.usual()), PHONE).get(0));
        assertThat(ends()).isEmpty();

        sealed("two", TABLET);

        assertThat(sends()).extracting(ClientFrame.Send::device).containsExactly(PHONE, TABLET);
        ended(sends().get(1), ReceiptState.DELIVERED);
        assertThat(ends()).containsExactly("delivered");
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void goesToTheDeviceThatTookThePlaceOfTheOtherAlsoAcrossADeath() {
        isReplaced(sent(letter(1, Terms.usual()), PHONE).get(0));

        restarted(LATER);
        sealed("two", TABLET);

        assertThat(sends()).extracting(ClientFrame.Send::device).containsExactly(PHONE, TABLET);
    }

    @Test
    void waitsForThePrekeysOfTheDeviceThatTookThePlaceOfTheOtherAndNotForEver() {
        isReplaced(
                sent(letter(1, Terms.livingFor(Duration.ofMinutes(1))), PHONE).get(0));
        outbox.sealed(BOB, new SealAnswer.Envelopes(6, List.of(TABLET), Map.of()), Given.NOW);
        outbox.tick(Given.NOW.plusSeconds(59));
        drain(Given.NOW.plusSeconds(59));
        assertThat(ends()).isEmpty();
        outbox.sealed(BOB, new SealAnswer.NotNow(null), Given.NOW.plusSeconds(60));

        outbox.tick(Given.NOW.plusSeconds(60));
        drain(Given.NOW.plusSeconds(60));

        assertThat(ends()).containsExactly("refused");
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void isRefusedIfNobodyTookThePlaceOfTheOther() {
        isReplaced(sent(letter(1, Terms.usual()), PHONE).get(0));

        outbox.sealed(BOB, new SealAnswer.Nobody(), LATER);
        drain(LATER);

        assertThat(ends()).containsExactly("refused");
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void becomesAnSmsAtTheDeadlineWhileItWaitsForASecondEnvelope() {
        ended(sent(letter(1, BY_SMS_ELSE), PHONE).get(0), ReceiptState.UNDECRYPTABLE);
        outbox.sealed(BOB, new SealAnswer.NotNow(Duration.ofDays(1)), Given.NOW);

        outbox.tick(LATER);
        drain(LATER);

        assertThat(done).filteredOn(OutboxAction.HandToModem.class::isInstance).hasSize(1);
    }

    @Test
    void becomesAnSmsIfOneDeviceCouldNotOpenItAndItCameTooLateForTheOther() {
        List<ClientFrame.Send> copies = sent(letter(1, BY_SMS_ELSE), PHONE, TABLET);
        ended(copies.get(0), ReceiptState.UNDECRYPTABLE);
        outbox.sealed(BOB, new SealAnswer.Nobody(), Given.NOW);

        outbox.fallbackNow(copies.get(1).id(), LATER, false, LATER);
        drain(LATER);

        assertThat(done).filteredOn(OutboxAction.HandToModem.class::isInstance).hasSize(1);
        assertThat(ends()).isEmpty();
    }

    @Test
    void isNotSaidToBeTakenBackIfItsOwnerDidNotWantThat() {
        List<ClientFrame.Send> copies = sent(letter(1, BY_SMS_ELSE), PHONE, TABLET);

        outbox.fallbackNow(copies.get(0).id(), LATER, false, LATER);
        ended(copies.get(1), ReceiptState.EXPIRED);

        assertThat(ends()).containsExactly("expired");
    }

    @Test
    void isStillSealedAnewForOneDeviceWhenAnotherGotItMeanwhile() {
        List<ClientFrame.Send> copies = sent(letter(1, Terms.usual()), PHONE, TABLET);
        outbox.disconnected();
        ended(copies.get(1), ReceiptState.UNDECRYPTABLE);
        ended(copies.get(0), ReceiptState.DELIVERED);
        assertThat(ends()).containsExactly("delivered");

        outbox.connected(LATER);
        drain(LATER);
        sealed("two", TABLET);

        ended(sends().get(2), ReceiptState.DELIVERED);
        assertThat(ends()).hasSize(1);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void doesNotWaitForEverForASecondEnvelopeThatNobodyNeedsToEnd() {
        List<ClientFrame.Send> copies = sent(letter(1, Terms.livingFor(Duration.ofMinutes(1))), PHONE, TABLET);
        ended(copies.get(1), ReceiptState.UNDECRYPTABLE);
        ended(copies.get(0), ReceiptState.DELIVERED);
        outbox.sealed(BOB, new SealAnswer.NotNow(Duration.ofDays(1)), Given.NOW);
        drain(Given.NOW);
        assertThat(outbox.isEmpty()).isFalse();

        outbox.tick(Given.NOW.plusSeconds(60));
        drain(Given.NOW.plusSeconds(60));

        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void comesLateToOneDeviceIfAnotherGotItInTime() {
        List<ClientFrame.Send> copies = sent(letter(1, BY_SMS_ELSE), PHONE, TABLET);
        outbox.fallbackNow(copies.get(1).id(), LATER, false, LATER);
        drain(LATER);
        assertThat(sends()).hasSize(2);

        ended(copies.get(0), ReceiptState.DELIVERED);

        ClientFrame.Send again = sends().get(2);
        assertThat(again.device()).isEqualTo(TABLET);
        assertThat(again.body()).isEqualTo(copies.get(1).body());
        assertThat(again.id()).isNotEqualTo(copies.get(1).id());
        assertThat(again.deadline()).isNull();
        assertThat(again.fallback()).isNull();
        ended(again, ReceiptState.DELIVERED);
        assertThat(ends()).containsExactly("delivered");
        assertThat(done).noneMatch(OutboxAction.HandToModem.class::isInstance);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void comesLateToOneDeviceAlsoIfAnotherHadItBefore() {
        List<ClientFrame.Send> copies = sent(letter(1, BY_SMS_ELSE), PHONE, TABLET);
        ended(copies.get(0), ReceiptState.DELIVERED);

        outbox.fallbackNow(copies.get(1).id(), LATER, false, LATER);
        drain(LATER);

        restarted(LATER);
        assertThat(sends()).hasSize(4);
        assertThat(sends().get(3).id()).isEqualTo(sends().get(2).id());
        assertThat(sends().get(3).fallback()).isNull();
    }

    @Test
    void comesLateToNoDeviceIfItsOwnerWantsItBack() {
        List<ClientFrame.Send> copies = sent(letter(1, BY_SMS_ELSE), PHONE, TABLET);
        outbox.revoke(Given.id(1), Given.NOW);
        drain(Given.NOW);
        ended(copies.get(1), ReceiptState.REVOKED);

        ended(copies.get(0), ReceiptState.DELIVERED);

        assertThat(sends()).hasSize(2);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void comesLateToNoDevicePastItsLifetime() {
        Terms terms = new Terms(Duration.ofSeconds(40), null, Duration.ofSeconds(30), Fallback.DEVICE);
        List<ClientFrame.Send> copies = sent(letter(1, terms), PHONE, TABLET);
        ended(copies.get(0), ReceiptState.DELIVERED);

        outbox.fallbackNow(copies.get(1).id(), LATER, false, LATER);
        drain(LATER);

        assertThat(sends()).hasSize(2);
        assertThat(outbox.isEmpty()).isTrue();
    }

    private void isReplaced(ClientFrame.Send refused) {
        Difference difference = new Difference(6, List.of(TABLET), List.of(TABLET), List.of(PHONE), List.of());
        outbox.refused(refused.ref(), Problem.of(ProblemType.DEVICES_DIFFER).with(difference), Given.NOW);
        drain(Given.NOW);
    }

    private static Message letter(int number, Terms terms) {
        SmsCopy sms = Given.message(number, BOB, terms).sms();
        return new Message(
                Given.id(number), BOB, null, terms, Given.body("letter " + number), sms, Given.NOW, Handling.SEALED);
    }

    private List<ClientFrame.Send> sent(Message letter, DeviceId... devices) {
        outbox.accept(letter);
        outbox.connected(Given.NOW);
        drain(Given.NOW);
        sealed("one", devices);
        return sends();
    }

    private void sealed(String what, DeviceId... devices) {
        Map<DeviceId, Opaque> envelopes = Arrays.stream(devices)
                .collect(Collectors.toMap(one -> one, one -> Given.body(what + " for " + one.toText())));
        outbox.sealed(BOB, new SealAnswer.Envelopes(5, List.of(devices), envelopes), Given.NOW);
        drain(LATER);
    }

    private void ended(ClientFrame.Send copy, ReceiptState state) {
        outbox.receipt(copy.id(), state, Given.NOW, false, Given.NOW);
        drain(Given.NOW);
    }

    private void restarted(Instant now) {
        outbox = Outbox.recovered(OutboxLimits.usual(), new Random(1), disk, now);
        outbox.connected(now);
        drain(now);
    }

    private void drain(Instant now) {
        List<OutboxAction> actions = outbox.drain(now);
        while (!actions.isEmpty()) {
            done.addAll(actions);
            for (OutboxAction action : actions) {
                if (action instanceof OutboxAction.Write write) {
                    disk.add(write.event());
                } else if (action instanceof OutboxAction.TellEnded ended) {
                    outbox.told(ended.id());
                }
            }
            actions = outbox.drain(now);
        }
    }

    private List<String> ends() {
        return done.stream()
                .filter(OutboxAction.TellEnded.class::isInstance)
                .map(action -> ((OutboxAction.TellEnded) action).outcome().word())
                .toList();
    }

    private List<ClientFrame.Send> sends() {
        return done.stream()
                .filter(OutboxAction.Say.class::isInstance)
                .map(action -> ((OutboxAction.Say) action).frame())
                .filter(ClientFrame.Send.class::isInstance)
                .map(ClientFrame.Send.class::cast)
                .toList();
    }
}
