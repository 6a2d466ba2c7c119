package lethe.device;

import java.util.List;
import java.util.Optional;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Tag;
import lethe.device.trust.Acquainted;
import lethe.device.trust.TrustBook;
import lethe.seal.safety.SafetyNumber;

/**
 * Whom this phone knows, and how well: which account is at an address, and whether its owner has compared safety
 * numbers. Safe for use by many threads.
 */
public final class Acquaintances {
    private final DeviceClient client;
    private final TrustBook book;

    Acquaintances(DeviceClient client, TrustBook book) {
        this.client = client;
        this.book = book;
    }

    /** What is known of an address; empty until something was written to it, or came from it. */
    public Optional<Acquainted> find(Tag tag) {
        return book.acquainted(tag);
    }

    /** All, those first with whom there was something last. */
    public List<Acquainted> all() {
        return book.known();
    }

    /** What the owner compares with whoever is at an address; empty if that is not known yet. */
    public Optional<SafetyNumber> safetyNumber(Tag tag) {
        return book.safetyNumber(tag);
    }

    /** Forgets whose account is at an address: whichever is shown next is believed. */
    public void forget(Tag tag) {
        book.forget(tag);
        client.sealNow();
    }

    /**
     * The owner has compared, and it was the same. From now on letters wait if another account is shown for the
     * address.
     *
     * @param compared what the owner saw
     * @return false if that is not the number any more
     */
    public boolean verify(Tag tag, SafetyNumber compared) {
        boolean verified = book.verify(tag, compared);
        if (verified) {
            client.sealNow();
        }
        return verified;
    }

    /**
     * The owner believes that the other account that was shown for a verified address is the right one: what waited is
     * sealed to that.
     *
     * @param other the account that the owner was asked about
     * @return false if another one was shown since, or none
     */
    public boolean accept(Tag tag, DeviceKey other) {
        boolean accepted = book.accept(tag, other);
        if (accepted) {
            client.sealNow();
        }
        return accepted;
    }
}
