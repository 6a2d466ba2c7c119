/**
 * The seizure drill: marked messages are delivered and acknowledged, and then everything is taken that somebody who
 * comes with a warrant, or without one, could take: the disk with its free blocks, the memory of all processes, their
 * heaps, logs, answers and traffic. No marker may be found there.
 *
 * <p>Links nothing of the broker, and believes nothing that it says. What cannot be taken on a machine is named, never
 * counted as clean.
 */
@NullMarked
package lethe.loadtest.seizure;

import org.jspecify.annotations.NullMarked;
