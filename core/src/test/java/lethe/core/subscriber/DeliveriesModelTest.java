package lethe.core.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import lethe.core.Samples;
import lethe.core.Trials;
import lethe.core.account.Device;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.protocol.ProblemType;
import lethe.core.queue.Bounds;
import lethe.core.queue.Envelope;
import lethe.core.queue.Waiting;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;
import org.junit.jupiter.api.Test;

/**
 * A subscriber with two devices, and senders that behave: they repeat what they have heard no end of, and settle what
 * they have. Each message then ends once, whatever else happens.
 */
class DeliveriesModelTest {
    @Test
    void endEachMessageOnceWhateverHappens() {
        Trials.forAll(random -> new Run(random).run());
    }

    private record Sent(Envelope envelope, DeviceId device) {}

    private static final class Run {
        private final Random random;
        private final Device phone;
        private final Device tablet;
        private final HandDriven subscriber = new HandDriven(new Bounds(12, 2_000, 2));
        private final Map<MessageId, Sent> sent = new LinkedHashMap<>();
        private final Set<MessageId> held = new HashSet<>();

        Run(Random random) {
            this.random = random;
            this.phone = Samples.device(random);
            this.tablet = Samples.device(random);
        }

        void run() {
            subscriber.enter(phone);
            subscriber.enter(tablet);
            for (int step = 0; step < 150; step++) {
                step();
                subscriber.agreesWithItsState();
                noMessageEndsTwice();
                noticeCustody();
            }
            everythingInCustodyEnds();
            subscriber.optOut();
            assertThat(subscriber.waiting()).isEmpty();
            assertThat(subscriber.state().receipts()).isEmpty();
        }

        private void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> send();
                case 3 -> repeat();
                case 4 -> reuse();
                case 5 -> anyWaiting().forEach(subscriber::deliver);
                case 6 -> anyWaiting().forEach(subscriber::withdraw);
                case 7 -> subscriber.store(random.nextBoolean() ? Duration.ZERO : HandDriven.HOLD_WINDOW);
                case 8 -> endDue();
                case 9 -> settle();
                case 10 -> crash();
                default -> subscriber.pass(Duration.ofMillis(random.nextInt(400)));
            }
        }

        private List<Waiting<String>> anyWaiting() {
            List<Waiting<String>> waiting = subscriber.waiting();
            return waiting.isEmpty() ? List.of() : List.of(Samples.oneOf(random, waiting));
        }

        private void send() {
            Envelope envelope =
                    Samples.envelope(random, 1 + random.nextInt(300), subscriber.now(), Duration.ofSeconds(3));
            DeviceId device = random.nextBoolean() ? phone.id() : tablet.id();
            sent.put(envelope.id(), new Sent(envelope, device));
            admittedUnlessABoundIsHit(envelope, device);
        }

        private void admittedUnlessABoundIsHit(Envelope envelope, DeviceId device) {
            Admission<String> admission = subscriber.offer(envelope, device, null, 1L + random.nextInt(3));
            if (admission instanceof Admission.Refused<String> refused) {
                assertThat(refused.problem().type()).isIn(ProblemType.QUEUE_FULL, ProblemType.SENDER_SHARE);
                assertThat(refused.problem().limit()).isNotNull();
            } else {
                assertThat(admission).isInstanceOf(Admission.Admitted.class);
            }
        }

        /** A sender repeats what it has not heard the end of; and anything that is still known is answered the same. */
        private void repeat() {
            for (Sent message : some(sent.values())) {
                Envelope envelope = message.envelope();
                DeviceId device = message.device();
                Standing<String> standing = subscriber.deliveries().standing(envelope.id());
                if (standing instanceof Standing.IsWaiting<String> is) {
                    assertThat(subscriber.offer(envelope, device, null, 1))
                            .isEqualTo(new Admission.AlreadyWaiting<>(is.waiting()));
                } else if (standing instanceof Standing.HasEnded<String> has) {
                    assertThat(subscriber.offer(envelope, device, null, 1))
                            .isEqualTo(new Admission.Over<>(has.receipt(), has.settle()));
                } else if (subscriber.told(envelope.id()).isEmpty()
                        && envelope.deadline().isAfter(subscriber.now())) {
                    admittedUnlessABoundIsHit(envelope, device);
                }
            }
        }

        private void reuse() {
            for (Sent message : some(sent.values())) {
                Envelope known = message.envelope();
                if (!(subscriber.deliveries().standing(known.id()) instanceof Standing.IsUnknown<String>)) {
                    Envelope other = new Envelope(
                            known.id(),
                            Samples.opaque(random, 9),
                            known.urgency(),
                            known.expires(),
                            known.fallback(),
                            known.deadline());
                    Admission<String> admission = subscriber.offer(other, message.device(), null, 2);
                    assertThat(admission)
                            .isInstanceOfSatisfying(
                                    Admission.Refused.class,
                                    refused ->
                                            assertThat(refused.problem().type()).isEqualTo(ProblemType.ID_REUSED));
                }
            }
        }

        private void endDue() {
            List<Waiting<String>> before = subscriber.waiting();
            subscriber.tick();
            for (Waiting<String> waiting : before) {
                Envelope envelope = waiting.envelope();
                List<Receipt> told = subscriber.told(envelope.id());
                if (envelope.deadline().isAfter(subscriber.now())) {
                    assertThat(subscriber.waiting()).contains(waiting);
                } else {
                    boolean fallsBack = envelope.fallback() != Fallback.NONE;
                    Receipt end = told.get(told.size() - 1);
                    assertThat(end.state()).isEqualTo(fallsBack ? ReceiptState.REVOKED : ReceiptState.EXPIRED);
                    assertThat(end.fallback()).isEqualTo(fallsBack);
                }
            }
            assertThat(subscriber.deliveries().nextDue()).isAfter(subscriber.now());
        }

        private void settle() {
            List<Receipt> kept = List.copyOf(subscriber.state().receipts());
            if (!kept.isEmpty()) {
                subscriber.settle(Samples.oneOf(random, kept).id());
            }
        }

        /** Takes what memory alone knew; what is in custody, and every lasting end, is still there, in order. */
        private void crash() {
            Map<DeviceId, List<MessageId>> custody = custody();
            List<Receipt> receipts = List.copyOf(subscriber.state().receipts());
            subscriber.crash();
            assertThat(custody()).isEqualTo(custody);
            assertThat(subscriber.waiting()).allMatch(Waiting::isStored);
            assertThat(subscriber.state().receipts()).containsExactlyInAnyOrderElementsOf(receipts);
        }

        private Map<DeviceId, List<MessageId>> custody() {
            Map<DeviceId, List<MessageId>> custody = new HashMap<>();
            for (Device device : List.of(phone, tablet)) {
                custody.put(
                        device.id(),
                        subscriber.deliveries().queue(device.id()).entries().stream()
                                .filter(Waiting::isStored)
                                .map(waiting -> waiting.envelope().id())
                                .toList());
            }
            return custody;
        }

        private void noMessageEndsTwice() {
            for (MessageId id : sent.keySet()) {
                List<Receipt> told = subscriber.told(id);
                assertThat(told.stream().distinct().count()).isLessThanOrEqualTo(1);
                assertThat(told.isEmpty() || subscriber.deliveries().find(id).isEmpty())
                        .isTrue();
            }
        }

        private void noticeCustody() {
            subscriber.state().held().forEach(row -> held.add(row.envelope().id()));
        }

        private void everythingInCustodyEnds() {
            subscriber.pass(Duration.ofSeconds(10));
            subscriber.tick();
            assertThat(subscriber.waiting()).isEmpty();
            assertThat(held).allSatisfy(id -> assertThat(subscriber.told(id)).isNotEmpty());
        }

        private <T> List<T> some(Iterable<T> all) {
            List<T> some = new ArrayList<>();
            all.forEach(one -> {
                if (random.nextInt(4) == 0) {
                    some.add(one);
                }
            });
            return some;
        }
    }
}
