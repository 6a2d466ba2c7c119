package lethe.registrar.verifier;

import lethe.core.protocol.Problem;

/** What {@link Sessions} decides: to go on with something, or not to. */
sealed interface Decision<T> {
    record Granted<T>(T value) implements Decision<T> {}

    record Refused<T>(Problem problem) implements Decision<T> {}
}
