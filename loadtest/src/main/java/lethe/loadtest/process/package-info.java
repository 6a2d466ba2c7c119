/**
 * The processes that a run consists of: started, awaited by the line with which they say that they are ready, stopped
 * in order or killed.
 *
 * <p>Links none of what it starts. Ends nothing that it did not start.
 */
@NullMarked
package lethe.loadtest.process;

import org.jspecify.annotations.NullMarked;
