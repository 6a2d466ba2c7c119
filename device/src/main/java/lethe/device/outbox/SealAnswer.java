package lethe.device.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import org.jspecify.annotations.Nullable;

/** What came of sealing a letter for somebody's devices. */
public sealed interface SealAnswer {
    /**
     * An envelope for each device that something can be sealed to.
     *
     * @param list version of the list that the account signed
     * @param devices all on it
     */
    record Envelopes(long list, List<DeviceId> devices, Map<DeviceId, Opaque> envelopes) implements SealAnswer {
        public Envelopes {
            devices = List.copyOf(devices);
            envelopes = Map.copyOf(envelopes);
        }

        @Override
        public String toString() {
            return "Envelopes[***]";
        }
    }

    /** Nobody is there who takes messages. */
    record Nobody() implements SealAnswer {}

    /** It will never fit. */
    record TooLarge() implements SealAnswer {}

    /**
     * It is tried again: no broker answers, no device has left prekeys, or the owner has to look at a changed account
     * first.
     *
     * @param retryAfter how long at least not; null for as usual
     */
    record NotNow(@Nullable Duration retryAfter) implements SealAnswer {}
}
