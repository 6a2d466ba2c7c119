package lethe.core.protocol;

import java.util.List;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.prekey.Prekey;
import org.jspecify.annotations.Nullable;

/** The bodies of the resources about prekeys, beside {@link lethe.core.prekey.PrekeyBatch}. */
public final class PrekeyBodies {
    private PrekeyBodies() {}

    /**
     * {@code GET} and {@code PUT /v1/self/prekeys}: what a device has at the broker.
     *
     * @param oneTime that are left, of all suites together
     * @param low whether these are so few that the device shall publish more
     * @param highest id that it ever published; null if it has published none
     */
    public record PrekeysLeft(
            int oneTime, boolean low, @Nullable Long highest, List<SuitePrekeys> suites) {
        public PrekeysLeft {
            suites = List.copyOf(suites);
        }

        /** What is stored, counted. */
        public static PrekeysLeft of(DevicePrekeys stored) {
            List<Integer> withLastResort =
                    stored.lastResort().stream().map(run -> run.suite()).toList();
            return new PrekeysLeft(
                    stored.left(),
                    stored.isLow(),
                    stored.highest() < 0 ? null : stored.highest(),
                    stored.suites().stream()
                            .map(suite -> new SuitePrekeys(suite, stored.left(suite), withLastResort.contains(suite)))
                            .toList());
        }
    }

    /** Of one suite: the one-time prekeys that are left, and whether there is a last-resort prekey. */
    public record SuitePrekeys(int suite, int oneTime, boolean lastResort) {}

    /**
     * {@code POST /v1/bundle}: asks for a prekey of each device of the subscriber in {@code Lethe-To}.
     *
     * @param suites that the asker can use, 1 to {@link #MOST_SUITES}, each once, the one that it likes best first
     */
    public record BundleRequest(List<Integer> suites) {
        public static final int MOST_SUITES = 8;

        public BundleRequest {
            suites = List.copyOf(suites);
        }
    }

    /**
     * What is needed to seal a message to a subscriber. The broker vouches for none of it: the account's key has signed
     * the list, and each device its prekeys.
     *
     * @param account whose address it is
     * @param list its devices
     * @param prekeys at most one a device; a device without one has none of these suites left, or cannot seal
     */
    public record Bundle(DeviceKey account, DeviceList list, List<BundledPrekey> prekeys) {
        public Bundle {
            prekeys = List.copyOf(prekeys);
        }
    }

    /**
     * A prekey for one message to one device.
     *
     * @param lastResort whether others get the same one
     */
    public record BundledPrekey(DeviceId device, boolean lastResort, Prekey prekey) {}
}
