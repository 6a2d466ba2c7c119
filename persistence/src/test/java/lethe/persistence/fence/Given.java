package lethe.persistence.fence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.Set;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.consent.Consent;
import lethe.core.consent.Scope;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Urgency;
import lethe.core.queue.Envelope;
import lethe.core.queue.Slot;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;
import lethe.core.subscriber.HeldEnvelope;
import lethe.core.subscriber.SubscriberEvent;

/** Subscribers, envelopes and events for tests; random, from a seed. */
public final class Given {

    private final Random random;

    public Given(long seed) {
        random = new Random(seed);
    }

    public String persistenceId() {
        return "Subscriber|" + bytes(32).toText();
    }

    public SubscriberEvent.OptedIn optedIn() {
        var device = new Device(new DeviceId(bytes(16)), new DeviceKey(bytes(32)));
        var consent = new Consent(7, bytes(32), Set.of(Scope.IP, Scope.SMS_DEVICE), now(), device.id(), bytes(64));
        var list = new DeviceList(1, List.of(device), bytes(64));
        return new SubscriberEvent.OptedIn(consent, Account.of(new DeviceKey(bytes(32)), list));
    }

    public MessageId messageId() {
        return new MessageId(bytes(MessageId.LENGTH));
    }

    public HeldEnvelope envelope(long incarnation, long number, int length) {
        return envelope(messageId(), incarnation, number, length);
    }

    public HeldEnvelope envelope(MessageId id, long incarnation, long number, int length) {
        var expires = now().plus(72, ChronoUnit.HOURS);
        var deadline = now().plusSeconds(600);
        var envelope = new Envelope(id, bytes(length), Urgency.HIGH, expires, Fallback.DEVICE, deadline);
        return new HeldEnvelope(new Slot(incarnation, number), new DeviceId(bytes(16)), envelope);
    }

    public Receipt delivered(MessageId id) {
        return new Receipt(id, ReceiptState.DELIVERED, now(), false, random.nextLong());
    }

    public SubscriberEvent ended(MessageId id) {
        return new SubscriberEvent.Ended(List.of(delivered(id)));
    }

    public int number(int bound) {
        return random.nextInt(bound);
    }

    public <T> T oneOf(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    private Opaque bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
