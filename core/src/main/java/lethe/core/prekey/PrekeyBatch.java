package lethe.core.prekey;

import java.util.List;
import java.util.stream.LongStream;

/**
 * What a device publishes at once.
 *
 * @param oneTime to be given to one asker each
 * @param lastResort to be given when there are no others, at most one a suite; takes the place of the suite's former
 *     one
 */
public record PrekeyBatch(List<Prekey> oneTime, List<Prekey> lastResort) {
    public PrekeyBatch {
        oneTime = List.copyOf(oneTime);
        lastResort = List.copyOf(lastResort);
    }

    public boolean isEmpty() {
        return oneTime.isEmpty() && lastResort.isEmpty();
    }

    /** The ids of all of them. */
    public LongStream ids() {
        return LongStream.concat(
                oneTime.stream().mapToLong(Prekey::id), lastResort.stream().mapToLong(Prekey::id));
    }
}
