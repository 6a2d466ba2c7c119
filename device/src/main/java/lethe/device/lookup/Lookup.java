package lethe.device.lookup;

import lethe.core.lookup.KnownTags;
import lethe.core.lookup.SetFault;
import lethe.core.protocol.Problem;

/** What came of finding out who is listed. */
public sealed interface Lookup {
    /** The newest that there is. */
    record Known(KnownTags tags) implements Lookup {}

    /** What was served is not to be believed, or not any more. Nothing of it is kept. */
    record NotBelieved(SetFault fault) implements Lookup {}

    /** The broker refused. */
    record Refused(Problem problem) implements Lookup {}

    /**
     * No broker answered, or what answered is none, or it has published nothing yet.
     *
     * @param why for the owner; it names nobody
     */
    record Unreachable(String why) implements Lookup {}
}
