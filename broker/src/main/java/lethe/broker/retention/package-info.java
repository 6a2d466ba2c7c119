/**
 * Counts again and again what is stored of subscribers, and says so when something is there that should not be.
 *
 * <p>Done by one node of the cluster. Names nobody.
 */
@NullMarked
package lethe.broker.retention;

import org.jspecify.annotations.NullMarked;
