/**
 * A phone's socket: carries frames between the bytes of a connection and a <code>Session</code>, on any transport.
 *
 * <p>No actor, no future and no timer per frame. What a frame means is not decided here, and how bytes get to the phone
 * is the business of a {@link lethe.broker.edge.socket.Carrier}.
 */
@NullMarked
package lethe.broker.edge.socket;

import org.jspecify.annotations.NullMarked;
