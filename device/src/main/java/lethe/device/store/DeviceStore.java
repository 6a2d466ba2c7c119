package lethe.device.store;

import java.util.Optional;

/** What a phone keeps between two starts. One process at a time. */
public interface DeviceStore extends AutoCloseable {
    Identity identity();

    /** What the owner agreed to; empty: Lethe is off. */
    Optional<GivenConsent> consent();

    /** The owner agreed; durable on return. */
    void agreed(GivenConsent consent);

    /** Lethe is off from now on; durable on return. */
    void withdrawn();

    Ledger outbox();

    Ledger inbox();

    @Override
    void close();
}
