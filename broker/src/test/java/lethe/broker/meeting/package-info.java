/** Nodes that meet, believe each other or do not, on real sockets of the loopback. */
@NullMarked
package lethe.broker.meeting;

import org.jspecify.annotations.NullMarked;
