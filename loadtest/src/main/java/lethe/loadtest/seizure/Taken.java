package lethe.loadtest.seizure;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.core.identity.Opaque;
import lethe.loadtest.evidence.Evidence;
import lethe.loadtest.evidence.Sought;

/**
 * All that was taken in one run.
 *
 * @param markers that the messages had
 * @param waiting what Cassandra had of the messages while they waited
 * @param before what was taken then: the disk, and if it is worth a search for keys, the broker's memory
 * @param after what was taken when everything was to be forgotten
 */
record Taken(List<Marker> markers, Payloads waiting, List<Evidence> before, List<Evidence> after) {
    Taken {
        markers = List.copyOf(markers);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** The disk as it was while messages waited. */
    Evidence diskBefore() {
        return before.get(0);
    }

    /** The markers, as what is to be looked for. */
    List<Sought> sought() {
        return markers.stream().map(Marker::sought).toList();
    }

    Set<Opaque> ids() {
        return markers.stream()
                .filter(marker -> marker.kind() == MarkerKind.MESSAGE_ID)
                .map(Marker::bytes)
                .collect(Collectors.toUnmodifiableSet());
    }
}
