/** Sees to it that keys are made in time, and destroyed as soon as nothing needs them. */
@NullMarked
package lethe.broker.forgetting;

import org.jspecify.annotations.NullMarked;
