/**
 * The WebSocket protocol (RFC 6455), the broker's side of it, as plain Java: bytes in, messages out, and back.
 *
 * <p>Knows nothing of Akka, of sessions or of what a message says. Opens no socket, reads no clock. Every bound is an
 * argument; a peer that breaks a rule gets a {@link lethe.broker.edge.websocket.Incoming.Violation} and nothing after
 * it.
 */
@NullMarked
package lethe.broker.edge.websocket;

import org.jspecify.annotations.NullMarked;
