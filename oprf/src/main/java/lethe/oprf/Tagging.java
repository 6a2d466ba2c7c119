package lethe.oprf;

import java.util.List;
import lethe.core.identity.Tag;

/** What came of asking for tags. */
public sealed interface Tagging {
    /**
     * One for each number, in their order.
     *
     * @param tags as many as numbers
     */
    record Tags(List<Tag> tags) implements Tagging {
        public Tags {
            tags = List.copyOf(tags);
        }
    }

    /** No tag is to be had of these answers. */
    record Refused(Fault fault) implements Tagging {}
}
