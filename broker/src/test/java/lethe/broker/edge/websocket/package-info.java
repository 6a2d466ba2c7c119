/** What the WebSocket codec promises, checked without a socket. */
@NullMarked
package lethe.broker.edge.websocket;

import org.jspecify.annotations.NullMarked;
