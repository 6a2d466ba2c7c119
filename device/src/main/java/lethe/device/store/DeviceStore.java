package lethe.device.store;

import java.util.Optional;
import lethe.core.account.DeviceList;
import lethe.core.ownership.Ownership;

/** What a phone keeps between two starts. One process at a time. */
public interface DeviceStore extends AutoCloseable {
    Identity identity();

    /** What the owner agreed to; empty: Lethe is off. */
    Optional<GivenConsent> consent();

    /** The owner agreed; durable on return. */
    void agreed(GivenConsent consent);

    /** Lethe is off from now on; durable on return. */
    void withdrawn();

    /** The account's list of devices as this phone knows it; empty if it has never heard of one. */
    Optional<DeviceList> devices();

    /** The account has this list now; durable on return. */
    void listed(DeviceList devices);

    /** A verifier's word that the number behind the address is this account's; empty if there is none. */
    Optional<Ownership> ownership();

    Ledger outbox();

    Ledger inbox();

    @Override
    void close();
}
