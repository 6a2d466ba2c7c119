package lethe.device.prekeys;

import lethe.core.protocol.Bodies;
import lethe.core.protocol.PrekeyBodies;
import lethe.core.protocol.Problem;

/** What comes of asking for somebody's prekeys. */
public sealed interface BundleResult {
    /**
     * The list is the account's, and the prekeys are of its devices. Whether these have signed them is for whoever
     * opens them.
     *
     * @param known what to keep, and to name the next time
     */
    record Good(PrekeyBodies.Bundle bundle, Bodies.AccountDevices known) implements BundleResult {}

    /** The broker does not tell the truth, or somebody has another account than before. */
    record NotBelieved(BundleFault fault) implements BundleResult {}

    record Refused(Problem problem) implements BundleResult {}

    /**
     * No broker answered.
     *
     * @param why for the owner; it names nobody
     */
    record Unreachable(String why) implements BundleResult {}
}
