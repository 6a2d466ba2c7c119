/**
 * A first figure of what a message costs the broker: closed loop, both phones connected, nothing stored.
 *
 * <p>The phones run on the same machine and take their part of it: processor time of the broker is the figure to
 * compare, messages per second is not.
 */
@NullMarked
package lethe.loadtest.bench;

import org.jspecify.annotations.NullMarked;
