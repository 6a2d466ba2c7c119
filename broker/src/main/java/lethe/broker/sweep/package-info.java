/**
 * Wakes subscribers that are not in memory when something of theirs is due: a deadline, the end of a lifetime.
 *
 * <p>Divided into slices, each swept by one actor somewhere in the cluster.
 */
@NullMarked
package lethe.broker.sweep;

import org.jspecify.annotations.NullMarked;
