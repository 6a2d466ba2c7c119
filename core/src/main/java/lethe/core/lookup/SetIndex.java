package lethe.core.lookup;

import java.util.List;
import java.util.Optional;

/**
 * What there is to fetch. Not signed: what is fetched is.
 *
 * @param epoch the policy epoch in force
 * @param sets the newest day first; of a day, its set before its hours, the earliest hour first
 */
public record SetIndex(long epoch, List<PublishedSet> sets) {
    public SetIndex {
        sets = List.copyOf(sets);
    }

    /** The set of a day, or of an hour if one is given. */
    public Optional<PublishedSet> find(long day, Optional<Long> hour) {
        return sets.stream()
                .filter(set -> set.day() == day && set.hourOfDay().equals(hour))
                .findFirst();
    }
}
