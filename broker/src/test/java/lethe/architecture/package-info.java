/** Holds the arrows between the packages that a broker is made of. */
@NullMarked
package lethe.architecture;

import org.jspecify.annotations.NullMarked;
