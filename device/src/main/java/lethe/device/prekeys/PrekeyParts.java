package lethe.device.prekeys;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;

/** A batch in parts that fit into a request each, in the order of the ids, as the broker wants them. */
final class PrekeyParts {
    /** Bytes of prekeys in a part: with what is around them, less than any broker takes. */
    static final int MOST_BYTES = 32 * 1024;

    private PrekeyParts() {}

    /** The parts of what is above an id. */
    static List<PrekeyBatch> of(PrekeyBatch batch, long above) {
        Set<Long> lastResort = batch.lastResort().stream().map(Prekey::id).collect(Collectors.toSet());
        List<List<Prekey>> parts = new ArrayList<>();
        int bytes = 0;
        for (Prekey prekey : inOrder(batch, above)) {
            if (parts.isEmpty() || bytes + prekey.body().length() > MOST_BYTES) {
                parts.add(new ArrayList<>());
                bytes = 0;
            }
            parts.get(parts.size() - 1).add(prekey);
            bytes += prekey.body().length();
        }
        return parts.stream().map(part -> divided(part, lastResort)).toList();
    }

    private static List<Prekey> inOrder(PrekeyBatch batch, long above) {
        return Stream.concat(batch.oneTime().stream(), batch.lastResort().stream())
                .filter(prekey -> prekey.id() > above)
                .sorted(Comparator.comparingLong(Prekey::id))
                .toList();
    }

    private static PrekeyBatch divided(List<Prekey> part, Set<Long> lastResort) {
        return new PrekeyBatch(
                part.stream()
                        .filter(prekey -> !lastResort.contains(prekey.id()))
                        .toList(),
                part.stream().filter(prekey -> lastResort.contains(prekey.id())).toList());
    }
}
