package lethe.core.subscriber;

import java.util.List;
import java.util.Map;
import lethe.core.consent.Consent;
import lethe.core.lookup.Listing;
import org.jspecify.annotations.Nullable;

/**
 * The part of a snapshot that does not grow with what waits.
 *
 * @param consent as it was signed
 * @param devices of the subscriber
 * @param adopted for each older incarnation with rows, the sequence number of its last save that counts; what lies
 *     above was written by a zombie after this incarnation had read the rows
 * @param listing null unless the subscriber is listed
 */
public record Head(
        Consent consent,
        List<Device> devices,
        Map<Long, Long> adopted,
        @Nullable Listing listing) {
    /** Of a subscriber that is not listed. */
    public Head(Consent consent, List<Device> devices, Map<Long, Long> adopted) {
        this(consent, devices, adopted, null);
    }

    public Head {
        devices = List.copyOf(devices);
        adopted = Map.copyOf(adopted);
    }
}
