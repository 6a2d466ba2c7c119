/**
 * The threads of a broker: a few event loops, about one a processor, that carry phones' sockets and run subscribers.
 *
 * <p>A message from phone to phone passes a handful of actors and two sockets. On threads of their own every step would
 * wake somebody; here most steps are the next task of a thread that is awake anyway. Nothing here may block.
 */
@NullMarked
package lethe.broker.loops;

import org.jspecify.annotations.NullMarked;
