/** The bounds of a broker by name, and the count behind those that are rates. Reads no clock. */
@NullMarked
package lethe.core.limit;

import org.jspecify.annotations.NullMarked;
