/**
 * The port on Netty: phones' sockets without any layer between TCP and the session, and everything else that is HTTP
 * handed to Akka HTTP's server, on the same port and the same connection.
 *
 * <pre>
 * accepted ─▶ (TLS) ─▶ FirstBytes ──GET /v1/socket──▶ Upgrading ──101──▶ SocketHandler
 *                          └──────── any other ─────▶ HttpBridge ──▶ Akka HTTP
 * </pre>
 *
 * <p>A connection belongs to one event loop for its life; so does its session, and nothing in it is locked.
 */
@NullMarked
package lethe.broker.edge.netty;

import org.jspecify.annotations.NullMarked;
