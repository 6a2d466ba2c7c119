package lethe.device.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import lethe.client.sealing.GatewayKey;
import lethe.client.sealing.GatewayOpeningKey;
import lethe.client.sealing.SmsContent;
import lethe.client.sealing.SmsWording;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that the operator's gateway shall send, should they not get through over IP. */
class GatewayFallbackTest {
    private static final Tag BOB = Given.tag(1);
    private static final DeviceId PHONE = new DeviceId(Given.bytes(new Random(1), DeviceId.LENGTH));
    private static final DeviceId TABLET = new DeviceId(Given.bytes(new Random(2), DeviceId.LENGTH));
    private static final DeviceId LAPTOP = new DeviceId(Given.bytes(new Random(3), DeviceId.LENGTH));
    private static final Instant LATER = Given.NOW.plusSeconds(40);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Terms BY_GATEWAY = Terms.gatewayAfter(DEADLINE);
    private static final GatewayOpeningKey GATEWAY = GatewayOpeningKey.draw(new Random(7));

    private final List<OutboxEvent> disk = new ArrayList<>();
    private final List<OutboxAction> told = new ArrayList<>();
    private final List<OutboxAction> toModem = new ArrayList<>();
    private Outbox outbox = recovered(GATEWAY.gatewayKey(), Given.NOW);

    private Outbox recovered(@Nullable GatewayKey key, Instant now) {
        return Outbox.recovered(OutboxLimits.usual(), key, new Random(1), disk, now);
    }

    @AfterEach
    void neverGoToTheModemAndKeepTheirHistory() {
        assertThat(toModem).isEmpty();
        assertThat(folded(disk)).containsExactlyInAnyOrderElementsOf(folded(outbox.history()));
    }

    private static List<OutboxEvent> folded(List<OutboxEvent> history) {
        Entries entries = new Entries();
        history.stream().map(OutboxRecords::encode).map(OutboxRecords::decode).forEach(entries::apply);
        return entries.history();
    }

    @Test
    void goOutWithACapsuleThatOpensForTheirIdAlone() {
        ClientFrame.Send send = sent(Given.message(1, BOB, BY_GATEWAY)).get(0);

        assertThat(send.fallback()).isEqualTo(Fallback.GATEWAY);
        assertThat(send.deadline()).isEqualTo(DEADLINE);
        assertThat(opened(send))
                .isEqualTo(new SmsContent(
                        Given.NUMBER,
                        new SmsWording.Text("text 1"),
                        Given.NOW.plus(Terms.USUAL_TTL),
                        SmsCopy.MOST_PARTS));
        assertThat(GATEWAY.open(capsule(send), Given.id(2))).isEmpty();
    }

    @Test
    void expireForTheGatewayWithTheirLifetime() {
        Terms hour = new Terms(Duration.ofHours(1), null, DEADLINE, Fallback.NOTICE);

        ClientFrame.Send send = sent(Given.message(1, BOB, hour)).get(0);

        assertThat(send.fallback()).isEqualTo(Fallback.NOTICE);
        assertThat(opened(send).wording()).isEqualTo(new SmsWording.Notice("en"));
        assertThat(opened(send).expires()).isEqualTo(Given.NOW.plus(Duration.ofHours(1)));
    }

    @Test
    void haveTheSameCapsuleEachTimeThatTheyAreSent() {
        ClientFrame.Send first = sent(Given.message(1, BOB, BY_GATEWAY)).get(0);
        outbox.held(first.id(), LATER.plusSeconds(3600));
        outbox.receipt(first.id(), ReceiptState.LOST, LATER, false, LATER);
        outbox.tick(LATER.plusSeconds(60));
        ClientFrame.Send again = sends(drained(LATER.plusSeconds(60))).get(0);

        outbox = recovered(null, LATER);
        outbox.connected(LATER);
        ClientFrame.Send inTheNextLife = sends(drained(LATER)).get(0);

        assertThat(List.of(again, inTheNextLife))
                .allSatisfy(send -> assertThat(send.capsule()).isEqualTo(first.capsule()))
                .allSatisfy(send -> assertThat(send.id()).isEqualTo(first.id()));
    }

    @ParameterizedTest
    @EnumSource(
            value = ReceiptState.class,
            names = {"SMS_DELIVERED", "SMS_FAILED", "SMS_UNKNOWN", "DELIVERED", "REJECTED", "EXPIRED"})
    void endAsTheBrokerSays(ReceiptState state) {
        ClientFrame.Send send = sent(Given.message(1, BOB, BY_GATEWAY)).get(0);
        outbox.held(send.id(), LATER);

        outbox.receipt(send.id(), state, LATER, true, LATER);
        drained(LATER);
        outbox.unknown(send.id(), LATER);
        drained(LATER);

        assertThat(told).containsExactly(end(new Outcome.Receipted(state), LATER));
        assertThat(outbox.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = ProblemType.class,
            names = {"NO_GATEWAY", "CONSENT_REFUSED"})
    void endAsRefusedIfTheBrokerHasNoneSent(ProblemType type) {
        ClientFrame.Send send = sent(Given.message(1, BOB, BY_GATEWAY)).get(0);

        outbox.refused(send.ref(), Problem.of(type), Given.NOW);
        drained(Given.NOW);

        assertThat(told).containsExactly(end(new Outcome.Refused(Problem.of(type)), Given.NOW));
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void aRefusedConsentEndsNothingThatNeedsNoGateway() {
        ClientFrame.Send send = sent(Given.message(1, BOB, Terms.usual())).get(0);

        outbox.refused(send.ref(), Problem.of(ProblemType.CONSENT_REFUSED), Given.NOW);
        outbox.tick(LATER);

        assertThat(sends(drained(LATER))).hasSize(1);
        assertThat(told).isEmpty();
    }

    /** As a broker of another version, or one that does not tell the truth, may say. */
    @Test
    void areTakenBackIfABrokerAsksThePhoneForAnSms() {
        ClientFrame.Send send = sent(Given.message(1, BOB, BY_GATEWAY)).get(0);

        outbox.fallbackNow(send.id(), LATER, false, LATER);
        drained(LATER);

        assertThat(told).containsExactly(end(new Outcome.Receipted(ReceiptState.REVOKED), LATER));
    }

    @Test
    void waitForTheNetworkBeyondTheirDeadline() {
        outbox.accept(Given.message(1, BOB, BY_GATEWAY));
        outbox.tick(LATER);
        assertThat(sends(drained(LATER))).isEmpty();

        outbox.connected(LATER);
        ClientFrame.Send send = sends(drained(LATER)).get(0);

        assertThat(send.deadline()).isEqualTo(Terms.SHORTEST_DEADLINE);
        assertThat(send.capsule()).isNotNull();
    }

    @Test
    void endIfTheKeyIsNotPinnedAnyMoreWhenTheyAreFirstSent() {
        outbox.accept(Given.message(1, BOB, BY_GATEWAY));
        drained(Given.NOW);

        outbox = recovered(null, LATER);
        outbox.connected(LATER);

        assertThat(sends(drained(LATER))).isEmpty();
        assertThat(told).hasSize(1);
        assertThat(problem(told.get(0))).isEqualTo(ProblemType.NO_GATEWAY);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void haveOneCapsuleForAllDevices() {
        List<ClientFrame.Send> copies = copies(PHONE, TABLET, LAPTOP);

        assertThat(copies).extracting(ClientFrame.Send::device).containsExactly(PHONE, TABLET, LAPTOP);
        assertThat(opened(copies.get(0)).wording()).isEqualTo(new SmsWording.Text("text 1"));
        assertThat(copies.subList(1, 3))
                .allSatisfy(copy -> assertThat(copy.capsule()).isNull())
                .allSatisfy(copy -> assertThat(copy.fallback()).isNull())
                .allSatisfy(copy -> assertThat(copy.deadline()).isNull())
                .allSatisfy(copy -> assertThat(copy.body()).isEqualTo(Given.body("body 1")));
    }

    @Test
    void haveItsCapsuleWithTheFirstDeviceThatThereIsAnEnvelopeFor() {
        List<ClientFrame.Send> copies = sealed(List.of(PHONE, TABLET), TABLET);

        assertThat(copies).extracting(ClientFrame.Send::device).containsExactly(TABLET);
        assertThat(opened(copies.get(0)).number()).isEqualTo(Given.NUMBER);
    }

    @Test
    void letterToNobodyIsRejected() {
        outbox.accept(letter());
        outbox.connected(Given.NOW);
        drained(Given.NOW);

        outbox.sealed(BOB, new SealAnswer.Nobody(), Given.NOW);
        drained(Given.NOW);

        assertThat(told).containsExactly(end(new Outcome.Receipted(ReceiptState.REJECTED), Given.NOW));
    }

    @Test
    void endWithTheSmsThatArrivedWhateverBecomesOfTheOtherCopies() {
        List<ClientFrame.Send> copies = copies(PHONE, TABLET);

        ended(copies.get(0), ReceiptState.SMS_DELIVERED);
        assertThat(told).containsExactly(end(new Outcome.Receipted(ReceiptState.SMS_DELIVERED), Given.NOW));

        ended(copies.get(1), ReceiptState.DELIVERED);
        assertThat(told).hasSize(1);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void endWithAnSmsThatDidNotArriveOnlyIfNoDeviceGetsThem() {
        List<ClientFrame.Send> copies = copies(PHONE, TABLET);

        ended(copies.get(0), ReceiptState.SMS_FAILED);
        assertThat(told).isEmpty();
        ended(copies.get(1), ReceiptState.EXPIRED);

        assertThat(told).containsExactly(end(new Outcome.Receipted(ReceiptState.SMS_FAILED), Given.NOW));
    }

    @Test
    void areDeliveredIfAnotherDeviceGetsThemAfterTheSmsHasFailed() {
        List<ClientFrame.Send> copies = copies(PHONE, TABLET);

        ended(copies.get(0), ReceiptState.SMS_UNKNOWN);
        ended(copies.get(1), ReceiptState.DELIVERED);

        assertThat(told).containsExactly(end(new Outcome.Receipted(ReceiptState.DELIVERED), Given.NOW));
    }

    @Test
    void areAskedAfterNoMoreOftenThanOthersWhileTheyAreWithTheGateway() {
        ClientFrame.Send send = sent(Given.message(1, BOB, BY_GATEWAY)).get(0);
        outbox.held(send.id(), LATER);
        drained(Given.NOW);

        List<Integer> asked = new ArrayList<>();
        for (int second = 1; second <= 300; second++) {
            Instant now = Given.NOW.plusSeconds(second);
            outbox.tick(now);
            if (!said(drained(now), ClientFrame.Watch.class).isEmpty()) {
                asked.add(second);
            }
        }

        assertThat(asked).containsExactly(121, 242);
    }

    @Test
    void areTakenBackFromAllDevicesIfTheirCapsuleIsRefused() {
        List<ClientFrame.Send> copies = copies(PHONE, TABLET);
        outbox.held(copies.get(1).id(), LATER);

        outbox.refused(copies.get(0).ref(), Problem.of(ProblemType.NO_GATEWAY), Given.NOW);
        assertThat(revoked(drained(Given.NOW))).hasSize(1);
        assertThat(told).as("a device may have it").isEmpty();
        ended(copies.get(1), ReceiptState.REVOKED);

        assertThat(told).containsExactly(end(new Outcome.Refused(Problem.of(ProblemType.NO_GATEWAY)), Given.NOW));
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void areDeliveredIfADeviceHadThemBeforeTheyWereTakenBack() {
        List<ClientFrame.Send> copies = copies(PHONE, TABLET);

        outbox.refused(copies.get(0).ref(), Problem.of(ProblemType.NO_GATEWAY), Given.NOW);
        drained(Given.NOW);
        ended(copies.get(1), ReceiptState.DELIVERED);

        assertThat(told).containsExactly(end(new Outcome.Receipted(ReceiptState.DELIVERED), Given.NOW));
    }

    @Test
    void giveTheirCapsuleToAnotherDeviceIfTheFirstHasGone() {
        List<ClientFrame.Send> copies = copies(PHONE, TABLET);
        Problem differs = Problem.of(ProblemType.DEVICES_DIFFER)
                .with(new Difference(3, List.of(TABLET, LAPTOP), List.of(LAPTOP), List.of(PHONE), List.of()));

        outbox.refused(copies.get(0).ref(), differs, Given.NOW);
        List<ClientFrame.Send> then = sends(drained(LATER));

        assertThat(then).extracting(ClientFrame.Send::device).containsExactly(LAPTOP);
        assertThat(opened(then.get(0)).wording()).isEqualTo(new SmsWording.Text("text 1"));
    }

    @Test
    void areSealedAnewWithACapsuleOfTheirOwnForADeviceThatCouldNotOpenThem() {
        List<ClientFrame.Send> copies = sealed(List.of(PHONE), PHONE);

        ended(copies.get(0), ReceiptState.UNDECRYPTABLE);
        List<ClientFrame.Send> anew = answerSealing(List.of(PHONE), PHONE);

        assertThat(anew.get(0).id()).isNotEqualTo(copies.get(0).id());
        assertThat(opened(anew.get(0)).wording()).isEqualTo(new SmsWording.Text("text 1"));
    }

    @Test
    void haveNoSecondCapsuleIfABrokerMayHaveTheFirst() {
        ClientFrame.Send first = sent(Given.message(1, BOB, BY_GATEWAY)).get(0);
        outbox = recovered(GATEWAY.gatewayKey(), LATER);
        outbox.connected(LATER);
        ClientFrame.Send again = sends(drained(LATER)).get(0);

        outbox.refused(again.ref(), differs(PHONE, TABLET), LATER);
        List<ClientFrame.Send> copies = sends(drained(LATER));

        assertThat(first.capsule()).isNotNull();
        assertThat(copies)
                .hasSize(2)
                .allSatisfy(copy -> assertThat(copy.capsule()).isNull());
    }

    private static Message letter() {
        Message plain = Given.message(1, BOB, BY_GATEWAY);
        return new Message(plain.id(), BOB, null, BY_GATEWAY, plain.body(), plain.sms(), Given.NOW, Handling.SEALED);
    }

    private List<ClientFrame.Send> sent(Message message) {
        outbox.accept(message);
        outbox.connected(Given.NOW);
        return sends(drained(Given.NOW));
    }

    /** What a letter goes out as to somebody with these devices, if there are envelopes for some of them. */
    private List<ClientFrame.Send> sealed(List<DeviceId> all, DeviceId... some) {
        outbox.accept(letter());
        outbox.connected(Given.NOW);
        drained(Given.NOW);
        return answerSealing(all, some);
    }

    private List<ClientFrame.Send> answerSealing(List<DeviceId> all, DeviceId... some) {
        Map<DeviceId, Opaque> envelopes =
                Arrays.stream(some).collect(Collectors.toMap(Function.identity(), device -> Given.body("sealed")));
        outbox.sealed(BOB, new SealAnswer.Envelopes(2, all, envelopes), Given.NOW);
        return sends(drained(Given.NOW));
    }

    /** What a message goes out as once a broker has said that there are these devices. */
    private List<ClientFrame.Send> copies(DeviceId... devices) {
        ClientFrame.Send first = sent(Given.message(1, BOB, BY_GATEWAY)).get(0);
        outbox.refused(first.ref(), differs(devices), Given.NOW);
        return sends(drained(Given.NOW));
    }

    private static Problem differs(DeviceId... devices) {
        return Problem.of(ProblemType.DEVICES_DIFFER)
                .with(new Difference(2, List.of(devices), List.of(), List.of(), List.of()));
    }

    private static Opaque capsule(ClientFrame.Send send) {
        return Objects.requireNonNull(send.capsule());
    }

    private static SmsContent opened(ClientFrame.Send send) {
        return GATEWAY.open(capsule(send), send.id()).orElseThrow();
    }

    private void ended(ClientFrame.Send copy, ReceiptState state) {
        outbox.receipt(copy.id(), state, Given.NOW, false, Given.NOW);
        drained(Given.NOW);
    }

    private static OutboxAction end(Outcome outcome, Instant at) {
        return new OutboxAction.TellEnded(Given.id(1), outcome, at);
    }

    private static @Nullable ProblemType problem(OutboxAction end) {
        return ((OutboxAction.TellEnded) end).outcome() instanceof Outcome.Refused refused
                ? refused.problem().type()
                : null;
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
                } else if (action instanceof OutboxAction.HandToModem) {
                    toModem.add(action);
                }
            }
            actions = outbox.drain(now);
        }
        return all;
    }

    private static List<ClientFrame.Revoke> revoked(List<OutboxAction> actions) {
        return said(actions, ClientFrame.Revoke.class);
    }

    private static List<ClientFrame.Send> sends(List<OutboxAction> actions) {
        return said(actions, ClientFrame.Send.class);
    }

    private static <T extends ClientFrame> List<T> said(List<OutboxAction> actions, Class<T> kind) {
        return actions.stream()
                .filter(OutboxAction.Say.class::isInstance)
                .map(action -> ((OutboxAction.Say) action).frame())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
