package lethe.device.store;

import java.util.Optional;
import lethe.core.account.DeviceList;
import lethe.core.identity.Tag;
import lethe.core.ownership.Ownership;
import lethe.device.sim.SimMark;

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

    /** By which the phone knows its SIM again; empty if it has not seen one. */
    Optional<SimMark> sim();

    /** This is the phone's SIM from now on; durable on return. */
    void sim(SimMark mark);

    /** At which address a broker still has to erase what it has; empty if at none. */
    Optional<Tag> owed();

    /** The broker has to erase what it has at this address; durable on return. */
    void owes(Tag address);

    /** It has; durable on return. */
    void erased();

    /** The highest policy epoch that the operator's signature has shown; 0 for none. */
    long policySeen();

    /** A policy with this epoch was shown; durable on return. */
    void sawPolicy(long epoch);

    /**
     * A place of its own for whoever keeps something beside this.
     *
     * @param name of small letters; the same name is the same place
     */
    Slot slot(String name);

    /** As {@link #slot}, for what grows. The store closes it. */
    Ledger ledger(String name);

    Ledger outbox();

    Ledger inbox();

    @Override
    void close();
}
