/** The one program behind {@code ./lethe}: finds the command, runs it, exits with its code. */
@NullMarked
package lethe.launcher;

import org.jspecify.annotations.NullMarked;
