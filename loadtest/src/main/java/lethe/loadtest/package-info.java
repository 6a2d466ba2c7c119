/**
 * Runs whole installations as processes, breaks them, and checks the history.
 *
 * <p>Links the device only: the broker is always another process.
 */
@NullMarked
package lethe.loadtest;

import org.jspecify.annotations.NullMarked;
