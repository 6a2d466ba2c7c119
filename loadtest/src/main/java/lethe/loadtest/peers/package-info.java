/**
 * What a user would take instead of Lethe, on the same work: Debian's brokers as child processes with a configuration
 * of their own, and a bare relay as the floor.
 *
 * <p>Touches no service, no configuration and no data of this machine's own brokers.
 */
@NullMarked
package lethe.loadtest.peers;

import org.jspecify.annotations.NullMarked;
