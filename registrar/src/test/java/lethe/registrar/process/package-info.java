/** What processes have in common. */
@NullMarked
package lethe.registrar.process;

import org.jspecify.annotations.NullMarked;
