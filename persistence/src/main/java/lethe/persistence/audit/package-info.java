/**
 * Counts what is stored of subscribers, and what of it is there that should not be.
 *
 * <p>Reads keys, times and lifetimes, never a payload; writes nothing. What it tells are numbers: no id leaves the
 * package.
 */
@NullMarked
package lethe.persistence.audit;

import org.jspecify.annotations.NullMarked;
