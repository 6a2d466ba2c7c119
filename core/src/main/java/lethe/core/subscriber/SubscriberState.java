package lethe.core.subscriber;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.account.Takeover;
import lethe.core.block.Blocks;
import lethe.core.consent.Consent;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.lookup.Listing;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.prekey.PrekeyRef;
import lethe.core.receipt.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * What is durable of one subscriber: consent and devices, the envelopes held, the receipts not yet settled; and which
 * prekeys there are, but not the keys themselves.
 *
 * <p>Changed by events only, in place: a queue of a thousand is not copied to add one. It keeps account of what changed
 * since the last snapshot, so that a snapshot costs what changed and not what waits. Its one writer hands it to the
 * snapshot store and does not touch it before the store has answered.
 */
public final class SubscriberState {
    private final long incarnation;
    private final Map<Long, Long> adopted;
    private @Nullable Consent consent;
    private @Nullable Account account;
    private @Nullable Takeover takeover;
    private @Nullable Listing listing;
    private Blocks blocks = Blocks.NONE;
    private Map<MessageId, HeldEnvelope> held = new LinkedHashMap<>();
    private Map<MessageId, Receipt> receipts = new LinkedHashMap<>();
    private Set<MessageId> lost = Set.of();
    private final ShownBefore statements = new ShownBefore();
    private Map<DeviceId, DevicePrekeys> prekeys = Map.of();
    private @Nullable Unsaved unsaved;

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
        state.account = head.account();
        state.takeover = head.takeover();
        state.listing = head.listing();
        state.blocks = head.blocks();
        head.statements().forEach(state.statements::add);
        state.prekeys = head.prekeys();
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

    /** The consent that counts, of whatever epoch: its device is the subscriber's still. */
    public Optional<Consent> agreed() {
        return consent().filter(given -> device(given.device()).isPresent());
    }

    /** Whose address it is; empty if the subscriber is absent. */
    public Optional<Account> account() {
        return Optional.ofNullable(account);
    }

    /** Who else has proven the number since, and waits. */
    public Optional<Takeover> takeover() {
        return Optional.ofNullable(takeover);
    }

    public Optional<Device> device(DeviceId id) {
        return account == null ? Optional.empty() : account.list().find(id);
    }

    public List<Device> devices() {
        return account == null ? List.of() : account.list().devices();
    }

    /** How the subscriber is listed; empty if it is not. */
    public Optional<Listing> listing() {
        return Optional.ofNullable(listing);
    }

    /** From whom the subscriber takes nothing. */
    public Blocks blocks() {
        return blocks;
    }

    /** Whether a verifier's statement counts: it was not shown before. */
    public boolean isNew(Shown statement, Instant now) {
        return statements.isNew(statement, now);
    }

    /** Whether a statement is remembered that nothing durable says: the subscriber has opted out since. */
    public boolean remembersStatements(Instant now) {
        return statements.isAny(now) && account == null;
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

    /** Which prekeys of a device are stored. */
    public DevicePrekeys prekeys(DeviceId device) {
        return prekeys.getOrDefault(device, DevicePrekeys.NONE);
    }

    /** The constant part of the snapshot; empty if the subscriber is absent. */
    public Optional<Head> head() {
        return consent()
                .map(given -> new Head(
                        given,
                        Objects.requireNonNull(account),
                        takeover,
                        adopted,
                        listing,
                        blocks,
                        statements.all(),
                        prekeys));
    }

    /** What changed since {@link #saved}. */
    public Changes changes() {
        return (unsaved == null ? new Unsaved() : unsaved).changes();
    }

    /** When somebody last looked because something was due, since {@link #saved}; {@link Instant#MIN} if nobody did. */
    public Instant lastWoken() {
        return unsaved == null ? Instant.MIN : unsaved.woken();
    }

    private Unsaved unsaved() {
        if (unsaved == null) {
            unsaved = new Unsaved();
        }
        return unsaved;
    }

    /** A snapshot has been stored: the account of changes starts anew. */
    public void saved() {
        unsaved = null;
        lost = Set.of();
    }

    /** Another account than before ends whoever else waited for the address, and hears from everybody. */
    void enter(Consent given, Account entering, @Nullable Listing listed) {
        consent = given;
        listing = listed;
        if (account == null || !account.key().equals(entering.key())) {
            takeover = null;
            blocks = Blocks.NONE;
        }
        list(entering);
    }

    /** Prekeys of devices that it does not have go: nobody is to seal anything to them. */
    void list(Account changed) {
        if (account != null) {
            account.without(changed).forEach(this::dropPrekeys);
        }
        account = changed;
        if (agreed().isEmpty()) {
            listing = null;
        }
    }

    void show(Shown statement) {
        statements.add(statement);
    }

    private void dropPrekeys(DeviceId device) {
        if (prekeys.containsKey(device)) {
            prekeys(device).refs(device).forEach(unsaved()::spend);
            Map<DeviceId, DevicePrekeys> rest = new HashMap<>(prekeys);
            rest.remove(device);
            prekeys = Map.copyOf(rest);
        }
    }

    void publish(DeviceId device, PrekeyBatch batch) {
        DevicePrekeys known = prekeys(device);
        batch.lastResort().stream()
                .flatMap(prekey -> known.lastResort(device, prekey.suite()).stream())
                .forEach(unsaved()::spend);
        batch.oneTime().forEach(prekey -> store(device, prekey));
        batch.lastResort().forEach(prekey -> store(device, prekey));
        keep(device, known.with(batch, incarnation));
    }

    private void store(DeviceId device, Prekey prekey) {
        unsaved().publish(new PrekeyRef(device, prekey.suite(), prekey.id(), incarnation), prekey);
    }

    /** One that is there no longer, because its device is not, stays taken. */
    void take(PrekeyRef prekey) {
        DevicePrekeys known = prekeys(prekey.device());
        if (known.has(prekey)) {
            unsaved().spend(prekey);
            keep(prekey.device(), known.without(prekey));
        }
    }

    private void keep(DeviceId device, DevicePrekeys present) {
        Map<DeviceId, DevicePrekeys> all = new HashMap<>(prekeys);
        all.put(device, present);
        prekeys = Map.copyOf(all);
    }

    void contest(Takeover claimed) {
        takeover = claimed;
    }

    void block(Blocks changed) {
        blocks = changed;
    }

    void hold(HeldEnvelope row) {
        held.put(row.envelope().id(), row);
        unsaved().hold(row);
    }

    /** The first end counts: a message has exactly one. */
    void end(Receipt receipt) {
        HeldEnvelope row = held.remove(receipt.id());
        if (row != null) {
            unsaved().release(row);
        }
        if (receipts.putIfAbsent(receipt.id(), receipt) == null) {
            unsaved().end(receipt);
        }
        if (held.isEmpty()) {
            // A map that was large keeps its table.
            held = new LinkedHashMap<>();
        }
    }

    void settle(MessageId id) {
        if (receipts.remove(id) != null) {
            unsaved().settle(id);
        }
        if (receipts.isEmpty()) {
            receipts = new LinkedHashMap<>();
        }
    }

    void woken(Instant at) {
        unsaved().woken(at);
    }

    /** Which statements were used stays in memory: they are no way back for whoever was sent away. */
    void erase() {
        unsaved = new Unsaved();
        unsaved.erase();
        consent = null;
        account = null;
        takeover = null;
        listing = null;
        blocks = Blocks.NONE;
        held = new LinkedHashMap<>();
        receipts = new LinkedHashMap<>();
        lost = Set.of();
        prekeys = Map.of();
    }

    @Override
    public String toString() {
        return "SubscriberState[incarnation=" + incarnation + ", held=" + held.size() + ", receipts=" + receipts.size()
                + "]";
    }
}
