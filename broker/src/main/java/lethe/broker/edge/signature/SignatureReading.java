package lethe.broker.edge.signature;

import lethe.core.protocol.Problem;

/** What a {@link SignatureReader} makes of a request. */
public sealed interface SignatureReading {
    /** Well-formed, fresh, covers what it must, and the digest fits the body. */
    record Signed(SignedRequest request) implements SignatureReading {}

    record Refused(Problem problem) implements SignatureReading {}
}
