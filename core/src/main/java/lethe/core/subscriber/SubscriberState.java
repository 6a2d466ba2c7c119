package lethe.core.subscriber;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lethe.core.consent.Consent;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.receipt.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * What is durable of one subscriber: consent and devices, the envelopes held, the receipts not yet settled.
 *
 * <p>Changed by events only, in place: a queue of a thousand is not copied to add one. It keeps account of what changed
 * since the last snapshot, so that a snapshot costs what changed and not what waits. Its one writer hands it to the
 * snapshot store and does not touch it before the store has answered.
 */
public final class SubscriberState {
    private final long incarnation;
    private final Map<Long, Long> adopted;
    private @Nullable Consent consent;
    private final Map<DeviceId, Device> devices = new LinkedHashMap<>();
    private final Map<MessageId, HeldEnvelope> held = new LinkedHashMap<>();
    private final Map<MessageId, Receipt> receipts = new LinkedHashMap<>();

    private boolean erased;
    private final Map<MessageId, HeldEnvelope> newlyHeld = new LinkedHashMap<>();
    private final List<HeldEnvelope> released = new ArrayList<>();
    private final Map<MessageId, Receipt> newReceipts = new LinkedHashMap<>();
    private final Set<MessageId> settled = new LinkedHashSet<>();

    private SubscriberState(long incarnation, Map<Long, Long> adopted) {
        this.incarnation = incarnation;
        this.adopted = Map.copyOf(adopted);
    }

    /** A tag nobody has opted in with. */
    public static SubscriberState absent(long incarnation) {
        return new SubscriberState(incarnation, Map.of());
    }

    /**
     * What a store found.
     *
     * @param held in slot order
     */
    public static SubscriberState recovered(
            long incarnation, Head head, List<HeldEnvelope> held, List<Receipt> receipts) {
        SubscriberState state = new SubscriberState(incarnation, head.adopted());
        state.consent = head.consent();
        head.devices().forEach(device -> state.devices.put(device.id(), device));
        held.forEach(row -> state.held.put(row.envelope().id(), row));
        receipts.forEach(receipt -> state.receipts.put(receipt.id(), receipt));
        return state;
    }

    /** The number that this life of the actor took; its writes count only while no later one exists. */
    public long incarnation() {
        return incarnation;
    }

    /** The consent on file, of whatever epoch; empty if the subscriber is absent. */
    public Optional<Consent> consent() {
        return Optional.ofNullable(consent);
    }

    public Optional<Device> device(DeviceId id) {
        return Optional.ofNullable(devices.get(id));
    }

    public Collection<Device> devices() {
        return Collections.unmodifiableCollection(devices.values());
    }

    /** What is held, for each device in slot order. */
    public Collection<HeldEnvelope> held() {
        return Collections.unmodifiableCollection(held.values());
    }

    /** An unsettled receipt. */
    public Optional<Receipt> receipt(MessageId id) {
        return Optional.ofNullable(receipts.get(id));
    }

    public Collection<Receipt> receipts() {
        return Collections.unmodifiableCollection(receipts.values());
    }

    /** The constant part of the snapshot; empty if the subscriber is absent. */
    public Optional<Head> head() {
        return consent().map(given -> new Head(given, List.copyOf(devices.values()), adopted));
    }

    /** What changed since {@link #saved}. */
    public Changes changes() {
        return new Changes(
                erased,
                List.copyOf(newlyHeld.values()),
                List.copyOf(released),
                List.copyOf(newReceipts.values()),
                List.copyOf(settled));
    }

    /** A snapshot has been stored: the account of changes starts anew. */
    public void saved() {
        erased = false;
        newlyHeld.clear();
        released.clear();
        newReceipts.clear();
        settled.clear();
    }

    void enter(Consent given, Device device) {
        consent = given;
        devices.put(device.id(), device);
    }

    void hold(HeldEnvelope row) {
        held.put(row.envelope().id(), row);
        newlyHeld.put(row.envelope().id(), row);
    }

    /** The first end counts: a message has exactly one. */
    void end(Receipt receipt) {
        HeldEnvelope row = held.remove(receipt.id());
        if (row != null && newlyHeld.remove(receipt.id()) == null) {
            released.add(row);
        }
        if (receipts.putIfAbsent(receipt.id(), receipt) == null) {
            newReceipts.put(receipt.id(), receipt);
            settled.remove(receipt.id());
        }
    }

    void settle(MessageId id) {
        if (receipts.remove(id) != null) {
            newReceipts.remove(id);
            settled.add(id);
        }
    }

    void erase() {
        saved();
        erased = true;
        consent = null;
        devices.clear();
        held.clear();
        receipts.clear();
    }

    @Override
    public String toString() {
        return "SubscriberState[incarnation=" + incarnation + ", held=" + held.size() + ", receipts=" + receipts.size()
                + "]";
    }
}
