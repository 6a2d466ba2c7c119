package lethe.device.prekeys;

import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.PrekeyBodies;

/** Who makes a phone's prekeys and keeps the private ones. */
@FunctionalInterface
public interface PrekeySource {
    /**
     * What to publish; empty for nothing. The private keys are durable on return.
     *
     * @param left what the phone has at the broker: no id may be given to two keys, and all must be higher than its
     *     {@code highest}
     */
    PrekeyBatch refill(PrekeyBodies.PrekeysLeft left);
}
