package lethe.wire;

import java.io.IOException;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;

/**
 * Ends the reading of bad bytes, however deep; {@link Octets} turns it into a value, so it never leaves this package.
 *
 * <p>Carries no stack trace: a phone that sends rubbish must not cost more than one that does not.
 */
@SuppressWarnings("serial") // never serialized
final class Unreadable extends IOException {
    private final Problem problem;

    Unreadable(Problem problem) {
        this.problem = problem;
    }

    static Unreadable malformed(String detail) {
        return new Unreadable(Problem.of(ProblemType.MALFORMED, detail));
    }

    Problem problem() {
        return problem;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
