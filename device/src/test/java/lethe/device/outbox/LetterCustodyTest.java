package lethe.device.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.core.receipt.ReceiptState;
import lethe.device.Given;
import lethe.device.Trials;
import lethe.device.sms.SmsResult;
import org.junit.jupiter.api.Test;

/** The promises of {@link CustodyTest} for letters: devices come, go and cannot open; sealing is late and in vain. */
class LetterCustodyTest {
    private static final int SEEDS = 1_000;
    private static final int LETTERS = 12;
    private static final OutboxLimits LIMITS = new OutboxLimits(
            1_000,
            1 << 20,
            5,
            8,
            Duration.ofSeconds(10),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMillis(200),
            Duration.ofSeconds(5));

    @Test
    void everyLetterEndsOnceOnOneChannelAndInOrder() {
        Trials.forAll(SEEDS, random -> live(new World(random, false)));
    }

    @Test
    void everyLetterEndsOnceOnOneChannelWhileDevicesComeAndGo() {
        Trials.forAll(SEEDS, random -> live(new World(random, true)));
    }

    private static void live(World world) {
        for (int step = 0; step < 300; step++) {
            world.step(true);
        }
        for (int step = 0; step < 20_000 && !world.isQuiet(); step++) {
            world.step(false);
        }
        world.check();
    }

    /** What was asked to be sealed, and what comes of it, later. */
    private record Sealing(Tag to, SealAnswer answer) {}

    /** A phone, two others with some devices each, and a wire that may break at any frame. */
    private static final class World {
        private final Random random;
        private final boolean devicesChange;
        private final Phone phone;
        private final Map<Tag, Correspondent> others = new LinkedHashMap<>();
        private final Map<MessageId, Message> letters = new LinkedHashMap<>();
        private final Set<MessageId> revoked = new HashSet<>();
        private final Queue<ServerFrame> toPhone = new ArrayDeque<>();
        private final Queue<Sealing> sealed = new ArrayDeque<>();
        private Instant now = Given.NOW;
        private boolean connected;

        World(Random random, boolean devicesChange) {
            this.random = random;
            this.devicesChange = devicesChange;
            this.phone = new Phone(random, LIMITS);
            for (int i = 0; i < 2; i++) {
                others.put(Given.tag(i), new Correspondent(random, 1 + random.nextInt(3)));
            }
        }

        void step(boolean hostile) {
            now = now.plusMillis(random.nextInt(hostile ? 2_000 : 500));
            int what = random.nextInt(hostile ? 42 : 32);
            if (what < 4 && hostile && letters.size() < LETTERS) {
                accept();
            } else if (what < 12) {
                hear(hostile);
            } else if (what < 18) {
                speak();
            } else if (what < 24) {
                any().step().forEach(this::answer);
            } else if (what < 26) {
                phone.outbox.tick(now);
            } else if (what < 28) {
                seal(hostile);
            } else if (what < 30) {
                answerSealing();
            } else if (what < 32) {
                connect();
            } else if (what == 32) {
                breakWire();
            } else if (what == 33) {
                others.values().forEach(Correspondent::die);
                breakWire();
            } else if (what == 34) {
                revoke();
            } else if (what == 35 && devicesChange) {
                any().changeDevices();
            }
            perform(hostile && random.nextInt(25) == 0);
        }

        private Correspondent any() {
            return List.copyOf(others.values()).get(random.nextInt(others.size()));
        }

        private Correspondent other(Tag tag) {
            Correspondent other = others.get(tag);
            if (other == null) {
                throw new AssertionError("sent to somebody else");
            }
            return other;
        }

        private void accept() {
            Terms terms = switch (random.nextInt(4)) {
                case 0 -> Terms.smsAfter(Duration.ofSeconds(1 + random.nextInt(40)));
                case 1 -> Terms.gatewayAfter(Duration.ofSeconds(1 + random.nextInt(40)));
                case 2 -> Terms.livingFor(Duration.ofSeconds(1 + random.nextInt(120)));
                default -> Terms.usual();
            };
            Message base = Given.message(letters.size() + 1, Given.tag(random.nextInt(others.size())), terms);
            Handling handling = random.nextInt(3) == 0 ? Handling.SEALED_SILENTLY : Handling.SEALED;
            Message letter = new Message(base.id(), base.to(), null, terms, base.body(), base.sms(), now, handling);
            assertThat(phone.outbox.accept(letter)).isEqualTo(Acceptance.ACCEPTED);
            letters.put(letter.id(), letter);
        }

        private void revoke() {
            MessageId id = Given.id(1 + random.nextInt(LETTERS));
            if (phone.outbox.revoke(id, now)) {
                revoked.add(id);
            }
        }

        private void connect() {
            if (!connected) {
                connected = true;
                phone.outbox.connected(now);
            }
        }

        private void breakWire() {
            if (connected) {
                connected = false;
                phone.outbox.disconnected();
            }
            phone.said.clear();
            toPhone.clear();
            others.values().forEach(Correspondent::nobodyWatches);
        }

        private void seal(boolean hostile) {
            OutboxAction.Seal seal = phone.asked.poll();
            if (seal != null) {
                assertThat(sealed).noneMatch(one -> one.to().equals(seal.to()));
                sealed.add(new Sealing(seal.to(), other(seal.to()).seal(seal, hostile)));
            }
        }

        private void answerSealing() {
            Sealing one = sealed.poll();
            if (one != null) {
                phone.outbox.sealed(one.to(), one.answer(), now);
            }
        }

        private void speak() {
            ServerFrame frame = toPhone.poll();
            if (frame instanceof ServerFrame.Held held) {
                phone.outbox.held(held.id(), held.expires());
            } else if (frame instanceof ServerFrame.Receipt receipt) {
                phone.outbox.receipt(receipt.id(), receipt.state(), receipt.at(), receipt.settle(), now);
            } else if (frame instanceof ServerFrame.FallbackNow fallback) {
                phone.outbox.fallbackNow(fallback.id(), fallback.at(), fallback.settle(), now);
            } else if (frame instanceof ServerFrame.Unknown unknown) {
                phone.outbox.unknown(unknown.id(), now);
            } else if (frame instanceof ServerFrame.Refused refused && refused.ref() != null) {
                phone.outbox.refused(refused.ref(), refused.problem(), now);
            }
        }

        private void hear(boolean hostile) {
            ClientFrame frame = phone.said.poll();
            if (frame instanceof ClientFrame.Send send) {
                other(send.to()).send(send, hostile).forEach(this::answer);
            } else if (frame instanceof ClientFrame.Watch watch) {
                other(watch.to()).watch(watch.ids()).forEach(this::answer);
            } else if (frame instanceof ClientFrame.Settle settle) {
                other(settle.to()).settle(settle.ids());
            } else if (frame instanceof ClientFrame.Revoke revoke) {
                other(revoke.to()).revoke(revoke).forEach(this::answer);
            }
        }

        private void answer(ServerFrame frame) {
            if (connected) {
                toPhone.add(frame);
            }
        }

        private void perform(boolean dies) {
            if (!phone.perform(now, dies)) {
                breakWire();
                connected = false;
                sealed.clear();
                phone.restart(now);
            } else if (random.nextInt(50) == 0) {
                phone.checkHistory();
            }
        }

        boolean isQuiet() {
            return phone.outbox.isEmpty() && phone.said.isEmpty() && toPhone.isEmpty();
        }

        void check() {
            assertThat(phone.outbox.history()).as("left in the outbox").isEmpty();
            assertThat(phone.written.keySet()).containsAll(phone.accepted);
            assertThat(phone.told.keySet())
                    .containsExactlyInAnyOrderElementsOf(phone.accepted.stream()
                            .filter(id -> letter(id).handling() == Handling.SEALED)
                            .toList());
            phone.told.forEach((id, outcome) -> assertThat(end(id).word()).isEqualTo(outcome.word()));
            assertThat(phone.handedToModem.values()).allMatch(times -> times == 1);
            phone.accepted.forEach(this::checkEnd);
            others.values().forEach(this::check);
        }

        private Message letter(MessageId id) {
            return Objects.requireNonNull(letters.get(id));
        }

        private Outcome end(MessageId id) {
            return Objects.requireNonNull(phone.written.get(id));
        }

        private void checkEnd(MessageId id) {
            Message letter = letter(id);
            boolean arrived = other(letter.to()).devices.entrySet().stream()
                    .anyMatch(device ->
                            device.getValue().application.stream().anyMatch(copiesFor(id, device.getKey())::contains));
            boolean atModem = phone.handedToModem.containsKey(id);
            Outcome outcome = end(id);
            assertThat(arrived && atModem).as("both channels: %s", outcome).isFalse();
            checkGateway(letter, atModem);
            if (outcome.equals(new Outcome.Receipted(ReceiptState.DELIVERED))) {
                assertThat(arrived).isTrue();
            } else if (outcome.equals(new Outcome.BySms(SmsResult.SENT))) {
                assertThat(atModem).isTrue();
            } else if (outcome.equals(new Outcome.Receipted(ReceiptState.REVOKED))) {
                assertThat(revoked).as("taken back").contains(id);
            }
        }

        /** Of one letter there is one SMS, and it is the modem's or the gateway's. */
        private void checkGateway(Message letter, boolean atModem) {
            List<MessageId> sent = other(letter.to()).devices.entrySet().stream()
                    .flatMap(device -> copiesFor(letter.id(), device.getKey()).stream()
                            .filter(device.getValue().bySms::containsKey))
                    .toList();
            assertThat(sent).as("SMS by the gateway").hasSizeLessThanOrEqualTo(atModem ? 0 : 1);
            assertThat(atModem && letter.terms().fallback().needsCapsule()).isFalse();
        }

        private static Set<MessageId> copiesFor(MessageId letter, DeviceId device) {
            return IntStream.range(0, 4)
                    .mapToObj(attempt -> Copies.id(letter, device, attempt))
                    .collect(Collectors.toSet());
        }

        private void check(Correspondent other) {
            assertThat(other.keepsNothing()).as("the broker keeps something").isTrue();
            other.devices.forEach((device, recipient) -> {
                for (MessageId id : letters.keySet()) {
                    Set<MessageId> copies = copiesFor(id, device);
                    assertThat(recipient.application.stream().filter(copies::contains))
                            .as("got it twice")
                            .hasSizeLessThanOrEqualTo(1);
                }
                if (!devicesChange) {
                    List<MessageId> firsts = letters.keySet().stream()
                            .map(id -> Copies.id(id, device, 0))
                            .filter(recipient.application::contains)
                            .toList();
                    assertThat(recipient.application.stream().filter(firsts::contains))
                            .as("order")
                            .containsExactlyElementsOf(firsts);
                }
            });
            other.envelopes
                    .values()
                    .forEach(sent -> assertThat(sent.stream()
                                    .collect(Collectors.groupingBy(World::letterOf, Collectors.counting()))
                                    .values())
                            .as("envelopes of a letter for a device")
                            .allMatch(count -> count <= 2));
        }

        private static String letterOf(Opaque envelope) {
            String text = new String(envelope.shared(), StandardCharsets.UTF_8);
            return text.substring(0, text.indexOf('/'));
        }
    }
}
