package lethe.device.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import lethe.core.identity.MessageId;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.core.receipt.ReceiptState;
import lethe.device.Given;
import lethe.device.Trials;
import lethe.device.sms.SmsResult;
import org.junit.jupiter.api.Test;

/** Phones die, connections break, brokers are killed and refuse, at random: the promises of the outbox hold. */
class CustodyTest {
    private static final int MESSAGES = 40;
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
    void everyMessageEndsOnceInOrderOnOneChannel() {
        Trials.forAll(400, random -> {
            World world = new World(random);
            for (int step = 0; step < 600; step++) {
                world.step(true);
            }
            for (int step = 0; step < 20_000 && !world.isQuiet(); step++) {
                world.step(false);
            }
            world.check();
        });
    }

    private static final Set<ReceiptState> BY_GATEWAY =
            Set.of(ReceiptState.SMS_DELIVERED, ReceiptState.SMS_FAILED, ReceiptState.SMS_UNKNOWN);

    /** A phone, two recipients, and a wire that may break at any frame. */
    private static final class World {
        private final Random random;
        private final Phone phone;
        private final Map<Tag, Recipient> recipients = new LinkedHashMap<>();
        private final Map<Tag, List<MessageId>> sent = new LinkedHashMap<>();
        private final Map<MessageId, Boolean> revoked = new HashMap<>();
        private final Queue<ServerFrame> toPhone = new ArrayDeque<>();
        private Instant now = Given.NOW;
        private boolean connected;
        private int number;

        World(Random random) {
            this.random = random;
            this.phone = new Phone(random, LIMITS);
            for (int i = 0; i < 2; i++) {
                recipients.put(Given.tag(i), new Recipient(random));
                sent.put(Given.tag(i), new ArrayList<>());
            }
        }

        void step(boolean hostile) {
            now = now.plusMillis(random.nextInt(hostile ? 2_000 : 500));
            int what = random.nextInt(hostile ? 40 : 30);
            if (what < 4 && hostile && number < MESSAGES) {
                accept();
            } else if (what < 12) {
                hear(hostile);
            } else if (what < 18) {
                speak();
            } else if (what < 24) {
                recipient().step().forEach(this::answer);
            } else if (what < 28) {
                phone.outbox.tick(now);
            } else if (what < 30) {
                connect();
            } else if (what == 30) {
                breakWire();
            } else if (what == 31) {
                recipients.values().forEach(Recipient::die);
                breakWire();
            } else if (what == 32) {
                revoke();
            }
            perform(hostile && random.nextInt(25) == 0);
        }

        private Recipient recipient() {
            return recipients.values().stream()
                    .skip(random.nextInt(recipients.size()))
                    .findFirst()
                    .orElseThrow();
        }

        private void accept() {
            Tag to = Given.tag(random.nextInt(recipients.size()));
            Terms terms = switch (random.nextInt(4)) {
                case 0 -> Terms.smsAfter(Duration.ofSeconds(1 + random.nextInt(20)));
                case 1 -> Terms.gatewayAfter(Duration.ofSeconds(1 + random.nextInt(20)));
                case 2 -> Terms.livingFor(Duration.ofSeconds(1 + random.nextInt(60)));
                default -> Terms.usual();
            };
            Message base = Given.message(++number, to, terms);
            Message message = new Message(base.id(), to, null, terms, base.body(), base.sms(), now);
            if (phone.outbox.accept(message) == Acceptance.ACCEPTED) {
                sent.getOrDefault(to, new ArrayList<>()).add(message.id());
            }
        }

        private void revoke() {
            if (number > 0) {
                MessageId id = Given.id(1 + random.nextInt(number));
                if (phone.outbox.revoke(id, now)) {
                    revoked.put(id, true);
                }
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
            recipients.values().forEach(Recipient::nobodyWatches);
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
            // What was unknown when it was said may be known by now: a broker says that once.
            if (frame != null && !(frame instanceof ServerFrame.Unknown) && random.nextInt(10) == 0) {
                toPhone.add(frame); // said twice
            }
        }

        private void hear(boolean hostile) {
            ClientFrame frame = phone.said.poll();
            if (frame instanceof ClientFrame.Send send) {
                recipient(send.to()).send(send, hostile).forEach(this::answer);
            } else if (frame instanceof ClientFrame.Watch watch) {
                recipient(watch.to()).watch(watch.ids()).forEach(this::answer);
            } else if (frame instanceof ClientFrame.Settle settle) {
                recipient(settle.to()).settle(settle.ids());
            } else if (frame instanceof ClientFrame.Revoke revoke) {
                recipient(revoke.to()).revoke(revoke).forEach(this::answer);
            }
        }

        private Recipient recipient(Tag tag) {
            Recipient recipient = recipients.get(tag);
            if (recipient == null) {
                throw new AssertionError("sent to somebody else");
            }
            return recipient;
        }

        private void answer(ServerFrame frame) {
            if (connected) {
                toPhone.add(frame);
            }
        }

        private void perform(boolean dies) {
            if (!phone.perform(now, dies)) {
                connected = false;
                breakWire();
                phone.restart(now);
            }
        }

        boolean isQuiet() {
            return phone.outbox.isEmpty() && phone.said.isEmpty() && toPhone.isEmpty();
        }

        void check() {
            assertThat(phone.outbox.size()).as("left in the outbox").isZero();
            assertThat(phone.written.keySet()).containsExactlyInAnyOrderElementsOf(phone.accepted);
            assertThat(phone.told).isEqualTo(phone.written);
            assertThat(phone.handedToModem.values()).allMatch(times -> times == 1);
            recipients.forEach(this::check);
        }

        private void check(Tag tag, Recipient recipient) {
            assertThat(recipient.keepsNothing())
                    .as("the broker keeps something")
                    .isTrue();
            List<MessageId> expected = new ArrayList<>(sent.getOrDefault(tag, List.of()));
            expected.retainAll(recipient.application);
            assertThat(recipient.application).as("order").isEqualTo(expected);
            for (MessageId id : sent.getOrDefault(tag, List.of())) {
                Outcome outcome = phone.written.get(id);
                boolean arrived = recipient.application.contains(id);
                boolean atModem = phone.handedToModem.containsKey(id);
                boolean atGateway = recipient.bySms.containsKey(id);
                assertThat(Stream.of(arrived, atModem, atGateway).filter(Boolean::booleanValue))
                        .as("channels: %s", outcome)
                        .hasSizeLessThanOrEqualTo(1);
                if (outcome instanceof Outcome.Receipted receipted && BY_GATEWAY.contains(receipted.state())) {
                    assertThat(atGateway).isTrue();
                }
                if (outcome != null && outcome.equals(new Outcome.Receipted(ReceiptState.DELIVERED))) {
                    assertThat(arrived).isTrue();
                } else if (outcome != null && outcome.equals(new Outcome.BySms(SmsResult.SENT))) {
                    assertThat(atModem).isTrue();
                } else if (outcome != null && outcome.equals(new Outcome.Receipted(ReceiptState.REVOKED))) {
                    assertThat(revoked).containsKey(id);
                }
            }
        }
    }
}
