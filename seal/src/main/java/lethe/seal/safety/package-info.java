/** The number by which two people find out that nobody sits between them. */
@NullMarked
package lethe.seal.safety;

import org.jspecify.annotations.NullMarked;
