/**
 * A real Cassandra beside this process: found, started, watched, stopped.
 *
 * <p>For tests, {@code ./lethe dev} and the demo. Production points at a cluster and uses nothing of this package. It
 * opens no socket that is not on the loopback, and leaves no process behind: a shell between the two holds a pipe from
 * this process and ends Cassandra when that pipe closes, whatever closed it.
 */
@NullMarked
package lethe.persistence.local;

import org.jspecify.annotations.NullMarked;
