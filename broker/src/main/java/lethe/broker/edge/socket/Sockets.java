package lethe.broker.edge.socket;

import java.util.function.Function;
import lethe.broker.limit.Limits;
import lethe.broker.session.Link;
import lethe.broker.session.Session;
import lethe.wire.Encoding;

/**
 * Opens sockets for whatever transport asks. Safe for use by many threads.
 *
 * @param sessions makes a session for each
 * @param limits counts how often each is exhausted
 */
public record Sockets(SocketSettings settings, Function<Link, Session> sessions, Limits limits) {
    /** A socket of the sub-protocol that was agreed on. */
    public Socket open(Encoding encoding, Carrier carrier) {
        return new Socket(encoding, settings, sessions, limits, carrier, System::nanoTime);
    }
}
