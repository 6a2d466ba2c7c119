package lethe.device.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A phone that forgets everything when its process ends: for load generators. */
public final class MemoryStore implements DeviceStore {
    private final Identity identity;
    private final Ledger outbox = new MemoryLedger();
    private final Ledger inbox = new MemoryLedger();
    private volatile @Nullable GivenConsent consent;
    private volatile long policySeen;

    public MemoryStore(Identity identity) {
        this.identity = identity;
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
    public long policySeen() {
        return policySeen;
    }

    @Override
    public void sawPolicy(long epoch) {
        policySeen = epoch;
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
