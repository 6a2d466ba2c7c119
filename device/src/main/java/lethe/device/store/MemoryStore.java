package lethe.device.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lethe.core.account.DeviceList;
import lethe.core.identity.Tag;
import lethe.core.ownership.Ownership;
import lethe.device.sim.SimMark;
import org.jspecify.annotations.Nullable;

/** A phone that forgets everything when its process ends: for load generators. */
public final class MemoryStore implements DeviceStore {
    private final Identity identity;
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final Map<String, Ledger> ledgers = new ConcurrentHashMap<>();
    private final Ledger outbox = new MemoryLedger();
    private final Ledger inbox = new MemoryLedger();
    private final @Nullable Ownership ownership;
    private volatile @Nullable GivenConsent consent;
    private volatile @Nullable DeviceList devices;
    private volatile @Nullable SimMark sim;
    private volatile @Nullable Tag owed;
    private volatile long policySeen;

    /** A phone whose address is random. */
    public MemoryStore(Identity identity) {
        this.identity = identity;
        this.ownership = null;
    }

    /** A phone that has proven its number. */
    public MemoryStore(Identity identity, Ownership ownership) {
        this.identity = identity.at(ownership.tag());
        this.ownership = ownership;
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public Optional<GivenConsent> consent() {
        return Optional.ofNullable(consent);
    }

    @Override
    public void agreed(GivenConsent given) {
        consent = given;
    }

    @Override
    public void withdrawn() {
        consent = null;
    }

    @Override
    public Optional<DeviceList> devices() {
        return Optional.ofNullable(devices);
    }

    @Override
    public void listed(DeviceList list) {
        devices = list;
    }

    @Override
    public Optional<Ownership> ownership() {
        return Optional.ofNullable(ownership);
    }

    @Override
    public Optional<SimMark> sim() {
        return Optional.ofNullable(sim);
    }

    @Override
    public void sim(SimMark mark) {
        sim = mark;
    }

    @Override
    public Optional<Tag> owed() {
        return Optional.ofNullable(owed);
    }

    @Override
    public void owes(Tag address) {
        owed = address;
    }

    @Override
    public void erased() {
        owed = null;
    }

    @Override
    public long policySeen() {
        return policySeen;
    }

    @Override
    public void sawPolicy(long epoch) {
        policySeen = epoch;
    }

    @Override
    public Slot slot(String name) {
        return slots.computeIfAbsent(name, unused -> new MemorySlot());
    }

    @Override
    public Ledger ledger(String name) {
        return ledgers.computeIfAbsent(name, unused -> new MemoryLedger());
    }

    @Override
    public Ledger outbox() {
        return outbox;
    }

    @Override
    public Ledger inbox() {
        return inbox;
    }

    @Override
    public void close() {}
}
