/** The broker as a process: its settings, its start, its end. */
@NullMarked
package lethe.broker;

import org.jspecify.annotations.NullMarked;
