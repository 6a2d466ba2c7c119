package lethe.device.letters;

import java.util.Map;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;

/** What comes of sealing a letter for all devices of an account. */
public sealed interface Sealed {
    /**
     * Each device is in one of both, but this phone itself.
     *
     * @param envelopes for those that can be sealed to
     * @param leftOut the others
     */
    record Envelopes(Map<DeviceId, Opaque> envelopes, Map<DeviceId, LeftOut> leftOut) implements Sealed {
        public Envelopes {
            envelopes = Map.copyOf(envelopes);
            leftOut = Map.copyOf(leftOut);
        }
    }

    /** Nothing was sealed, for whomever. */
    record Refused(Why why) implements Sealed {}

    /** Why not. */
    enum Why {
        /** What the broker gave is not what is pinned for the address: it is to be learnt first, and may be refused. */
        NOT_PINNED,
        /** Another account was shown for an address that is verified; its owner has not said which is the right one. */
        HELD,
        /** The own account is not known, or does not have this phone: nobody would believe it. */
        NOT_OURS
    }
}
