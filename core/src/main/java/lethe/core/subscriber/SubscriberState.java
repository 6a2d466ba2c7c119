package lethe.core.subscriber;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lethe.core.consent.Consent;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.lookup.Listing;
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
    private List<Device> devices = List.of();
    private @Nullable Listing listing;
    private Map<MessageId, HeldEnvelope> held = new LinkedHashMap<>();
    private Map<MessageId, Receipt> receipts = new LinkedHashMap<>();
    private Set<MessageId> lost = Set.of();
    private @Nullable Account account;

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
     * @param lost messages that were held and can no longer be produced
     */
    public static SubscriberState recovered(
            long incarnation, Head head, List<HeldEnvelope> held, List<Receipt> receipts, Set<MessageId> lost) {
        SubscriberState state = new SubscriberState(incarnation, head.adopted());
        state.consent = head.consent();
        state.devices = head.devices();
        state.listing = head.listing();
        held.forEach(row -> state.held.put(row.envelope().id(), row));
        receipts.forEach(receipt -> state.receipts.put(receipt.id(), receipt));
        state.lost = Set.copyOf(lost);
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
        for (Device device : devices) {
            if (device.id().equals(id)) {
                return Optional.of(device);
            }
        }
        return Optional.empty();
    }

    /** The device, if the subscriber has exactly one. */
    public Optional<Device> onlyDevice() {
        return devices.size() == 1 ? Optional.of(devices.get(0)) : Optional.empty();
    }

    public List<Device> devices() {
        return devices;
    }

    /** How the subscriber is listed; empty if it is not. */
    public Optional<Listing> listing() {
        return Optional.ofNullable(listing);
    }

    /** What is held, for each device in slot order. */
    public Collection<HeldEnvelope> held() {
        return Collections.unmodifiableCollection(held.values());
    }

    /** When the first of what is held is due; looks at all of it. */
    public Optional<Instant> firstDue() {
        return held.values().stream().map(row -> row.envelope().due()).min(Comparator.naturalOrder());
    }

    /** An unsettled receipt. */
    public Optional<Receipt> receipt(MessageId id) {
        return Optional.ofNullable(receipts.get(id));
    }

    public Collection<Receipt> receipts() {
        return Collections.unmodifiableCollection(receipts.values());
    }

    /** Messages that a store could no longer produce; until the next snapshot, which deletes what is left of them. */
    public Set<MessageId> lost() {
        return lost;
    }

    /** The constant part of the snapshot; empty if the subscriber is absent. */
    public Optional<Head> head() {
        return consent().map(given -> new Head(given, devices, adopted, listing));
    }

    /** What changed since {@link #saved}. */
    public Changes changes() {
        return (account == null ? new Account() : account).changes();
    }

    /** When somebody last looked because something was due, since {@link #saved}; {@link Instant#MIN} if nobody did. */
    public Instant lastWoken() {
        return account == null ? Instant.MIN : account.woken();
    }

    private Account account() {
        if (account == null) {
            account = new Account();
        }
        return account;
    }

    /** A snapshot has been stored: the account of changes starts anew. */
    public void saved() {
        account = null;
        lost = Set.of();
    }

    void enter(Consent given, Device device, @Nullable Listing listed) {
        consent = given;
        listing = listed;
        List<Device> all = new ArrayList<>(devices);
        all.removeIf(known -> known.id().equals(device.id()));
        all.add(device);
        devices = List.copyOf(all);
    }

    void hold(HeldEnvelope row) {
        held.put(row.envelope().id(), row);
        account().hold(row);
    }

    /** The first end counts: a message has exactly one. */
    void end(Receipt receipt) {
        HeldEnvelope row = held.remove(receipt.id());
        if (row != null) {
            account().release(row);
        }
        if (receipts.putIfAbsent(receipt.id(), receipt) == null) {
            account().end(receipt);
        }
        if (held.isEmpty()) {
            // A map that was large keeps its table.
            held = new LinkedHashMap<>();
        }
    }

    void settle(MessageId id) {
        if (receipts.remove(id) != null) {
            account().settle(id);
        }
        if (receipts.isEmpty()) {
            receipts = new LinkedHashMap<>();
        }
    }

    void woken(Instant at) {
        account().woken(at);
    }

    void erase() {
        account = new Account();
        account.erase();
        consent = null;
        devices = List.of();
        listing = null;
        held = new LinkedHashMap<>();
        receipts = new LinkedHashMap<>();
        lost = Set.of();
    }

    @Override
    public String toString() {
        return "SubscriberState[incarnation=" + incarnation + ", held=" + held.size() + ", receipts=" + receipts.size()
                + "]";
    }
}
