/**
 * Files that are sent and received, on a disk.
 *
 * <p>What is received is written in clear, where its owner wants it, and readable by its owner alone (0600): it is no
 * part of what the phone keeps for itself, and is not encrypted with it.
 */
@NullMarked
package lethe.device.files.disk;

import org.jspecify.annotations.NullMarked;
