/**
 * Sockets on Akka HTTP: one fused stage per socket, behind an upgraded connection.
 *
 * <p>The slower of the two transports, for those who want one stack; why there is another:
 * docs/decisions/0009-sockets-on-netty.md. Knows nothing of frames.
 */
@NullMarked
package lethe.broker.edge.stream;

import org.jspecify.annotations.NullMarked;
