package lethe.core.lookup;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a phone knows of who is listed: a day's set, and what was added since. All of it has been judged.
 *
 * @param set of the day
 * @param added since, hour by hour
 */
public record KnownTags(CodedSet set, List<HourSet> added) {
    public KnownTags {
        added = List.copyOf(added);
    }

    /** Those of the given tags that are listed, as far as it knows. */
    public Set<ListedTag> among(Collection<ListedTag> asked) {
        Set<ListedTag> found = new HashSet<>(set.among(asked));
        added.forEach(hour -> found.addAll(hour.among(asked)));
        return found;
    }
}
