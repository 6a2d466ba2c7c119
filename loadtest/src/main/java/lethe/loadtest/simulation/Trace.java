package lethe.loadtest.simulation;

import java.util.function.Supplier;

/** Hears what happens in a run, in words, if anybody wants to know. */
@FunctionalInterface
interface Trace {
    /** Nobody does. */
    Trace NONE = line -> {};

    void say(Supplier<String> line);
}
