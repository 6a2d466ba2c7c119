/** As much of AMQP 0-9-1 as the comparison needs. One channel, the default exchange, no heartbeats. */
@NullMarked
package lethe.loadtest.peers.amqp;

import org.jspecify.annotations.NullMarked;
