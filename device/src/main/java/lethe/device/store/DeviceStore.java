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

    /** The highest policy epoch that the operator's signature has shown; 0 for none. */
    long policySeen();

    /** A policy with this epoch was shown; durable on return. */
    void sawPolicy(long epoch);

    Ledger outbox();

    Ledger inbox();

    @Override
    void close();
}
