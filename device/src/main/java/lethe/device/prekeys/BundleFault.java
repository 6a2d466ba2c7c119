package lethe.device.prekeys;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.PrekeyBodies;
import org.jspecify.annotations.Nullable;

/** Why a bundle is not believed. */
public enum BundleFault {
    /** The account has not signed the list. */
    FORGED,
    /** The address is another account's than before: its owner has a new phone, or somebody else has the address. */
    OTHER_ACCOUNT,
    /** The account has had a later list, or another one of this version. */
    OLDER_LIST,
    /** A prekey is of no device on the list, of a suite that was not asked for, or a second one of a device. */
    NOT_ASKED;

    /**
     * What is wrong with a bundle; empty if nothing is.
     *
     * @param suites that were asked for
     * @param known what was known of the account; null if nothing was
     */
    static Optional<BundleFault> in(
            PrekeyBodies.Bundle bundle, Tag tag, List<Integer> suites, Bodies.@Nullable AccountDevices known) {
        if (!bundle.list().isSignedBy(bundle.account(), tag)) {
            return Optional.of(FORGED);
        }
        if (known != null && !known.account().equals(bundle.account())) {
            return Optional.of(OTHER_ACCOUNT);
        }
        if (known != null
                && bundle.list().version() <= known.list().version()
                && !bundle.list().equals(known.list())) {
            return Optional.of(OLDER_LIST);
        }
        Set<DeviceId> seen = new HashSet<>();
        boolean asked = bundle.prekeys().stream()
                .allMatch(given -> bundle.list().find(given.device()).isPresent()
                        && suites.contains(given.prekey().suite())
                        && seen.add(given.device()));
        return asked ? Optional.empty() : Optional.of(NOT_ASKED);
    }
}
