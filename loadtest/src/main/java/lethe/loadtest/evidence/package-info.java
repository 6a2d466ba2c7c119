/**
 * What can be taken from a running installation, traffic, memory, heaps, disks and answers, and how it is searched for
 * what must not be in it.
 *
 * <p>Links nothing of the broker, and believes nothing that it says. What cannot be taken on a machine is named, never
 * counted as clean.
 */
@NullMarked
package lethe.loadtest.evidence;

import org.jspecify.annotations.NullMarked;
