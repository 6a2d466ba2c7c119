package lethe.wire;

import lethe.core.protocol.Problem;

/** What bytes turned out to be: the record that was meant, or what is wrong with them. */
public sealed interface Decoded<T> {
    record Good<T>(T value) implements Decoded<T> {}

    /** The problem never quotes the input. */
    record Bad<T>(Problem problem) implements Decoded<T> {}
}
