/** Finds what must happen at a time while its entity is not in memory. */
@NullMarked
package lethe.persistence.due;

import org.jspecify.annotations.NullMarked;
