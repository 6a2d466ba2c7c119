package lethe.broker.edge.websocket;

import lethe.core.identity.Opaque;
import lethe.core.protocol.CloseReason;

/** What a decoder found in the bytes of a peer. */
public sealed interface Incoming {
    /** A whole message, put together from its fragments. */
    record Message(Kind kind, Opaque payload) implements Incoming {}

    /**
     * To be answered with a pong that carries the same bytes.
     *
     * @param payload at most 125 bytes
     */
    record Ping(Opaque payload) implements Incoming {}

    record Pong() implements Incoming {}

    /**
     * The peer closes.
     *
     * @param code its code, or {@link #NO_CODE}
     */
    record Close(int code) implements Incoming {
        /** RFC 6455, section 7.4.1: never on the wire, stands for a close frame without a code. */
        public static final int NO_CODE = 1005;
    }

    /** The peer broke a rule: say so in a close frame and cut. The decoder finds nothing after it. */
    record Violation(CloseReason reason, String rule) implements Incoming {}

    /** What a message consists of. */
    enum Kind {
        TEXT,
        BINARY
    }
}
