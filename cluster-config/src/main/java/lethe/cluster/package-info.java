/**
 * How nodes find each other, share the subscribers out, and part when the network does.
 *
 * <p>Configuration only: starts nothing, opens no socket.
 */
@NullMarked
package lethe.cluster;

import org.jspecify.annotations.NullMarked;
