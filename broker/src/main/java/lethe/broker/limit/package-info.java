/**
 * The limits of one node at work: how often each was exhausted, and whom others have reported. Knows of no transport
 * and no actor; keeps everything in memory, by labels that mean nothing outside of it, and a bounded number of them.
 */
@NullMarked
package lethe.broker.limit;

import org.jspecify.annotations.NullMarked;
