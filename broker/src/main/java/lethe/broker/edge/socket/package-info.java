/**
 * A phone's socket: carries frames between the bytes of a connection and a <code>Session</code>.
 *
 * <p>One fused stage per socket, no actor and no future per frame. What a frame means is not decided here.
 */
@NullMarked
package lethe.broker.edge.socket;

import org.jspecify.annotations.NullMarked;
