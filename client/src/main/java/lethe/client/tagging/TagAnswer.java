package lethe.client.tagging;

import java.util.List;
import lethe.core.identity.Tag;
import lethe.core.protocol.Problem;
import lethe.oprf.Fault;

/** What came of asking for tags: all of them, or why there is none. */
public sealed interface TagAnswer {
    /**
     * Proven under the pinned key.
     *
     * @param tags one for each number, in their order
     */
    record Tags(List<Tag> tags) implements TagAnswer {
        public Tags {
            tags = List.copyOf(tags);
        }
    }

    /** A tagger refused. */
    record Refused(Problem problem) implements TagAnswer {}

    /**
     * A tagger did not answer, or what answered is none.
     *
     * @param why for the owner; it names nobody
     */
    record Unreachable(String why) implements TagAnswer {}

    /**
     * Taggers answered, and not under the pinned key. It may be that one has a new share and the other not yet; if it
     * lasts, somebody tries to tell this phone from others.
     */
    record NotBelieved(Fault fault) implements TagAnswer {}
}
