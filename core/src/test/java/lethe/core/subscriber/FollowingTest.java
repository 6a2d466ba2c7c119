package lethe.core.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import lethe.core.Samples;
import lethe.core.account.Device;
import lethe.core.consent.Consent;
import lethe.core.consent.Scope;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.Urgency;
import lethe.core.queue.Bounds;
import lethe.core.queue.Envelope;
import lethe.core.receipt.ReceiptState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a message may follow: the order of one sender's messages across the death of the recipient's actor. */
class FollowingTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant EXPIRES = NOW.plus(Duration.ofDays(3));

    private final Random random = new Random(1);
    private final SubscriberState state = SubscriberState.absent(1);
    private final Deliveries<String> deliveries = Deliveries.of(state, new Bounds(100, 1 << 20, 1), NOW);

    @ParameterizedTest
    @EnumSource(
            value = ReceiptState.class,
            names = {"EXPIRED", "REVOKED", "REJECTED", "LOST"})
    void isNotOneThatEndedUnseenByThePhone(ReceiptState end) {
        givenADevice();
        Envelope first = offered(null);
        end(first, end);

        assertThat(offer(envelope(), first.id()))
                .isEqualTo(new Admission.Refused<>(Problem.of(ProblemType.OUT_OF_ORDER)));
    }

    @ParameterizedTest
    @EnumSource(
            value = ReceiptState.class,
            names = {"DELIVERED", "UNDECRYPTABLE"})
    void isOneThatReachedThePhone(ReceiptState end) {
        givenADevice();
        Envelope first = offered(null);
        end(first, end);

        assertThat(offer(envelope(), first.id())).isInstanceOf(Admission.Admitted.class);
    }

    private void givenADevice() {
        DeviceId device = new DeviceId(bytes(DeviceId.LENGTH));
        Consent consent = new Consent(1, bytes(32), Set.of(Scope.IP), NOW, device, bytes(64));
        state.enter(consent, Samples.account(new Device(device, new DeviceKey(bytes(DeviceKey.LENGTH)))), null);
    }

    private Envelope offered(@Nullable MessageId after) {
        Envelope envelope = envelope();
        assertThat(offer(envelope, after)).isInstanceOf(Admission.Admitted.class);
        return envelope;
    }

    private Admission<String> offer(Envelope envelope, @Nullable MessageId after) {
        return deliveries.admit(envelope, Addressee.ONLY, after, 1, "sender", NOW);
    }

    private void end(Envelope envelope, ReceiptState as) {
        deliveries.forget(deliveries.end(deliveries.find(envelope.id()).orElseThrow(), as, NOW));
    }

    private Envelope envelope() {
        return new Envelope(
                new MessageId(bytes(MessageId.LENGTH)), bytes(20), Urgency.NORMAL, EXPIRES, Fallback.NONE, EXPIRES);
    }

    private Opaque bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }
}
