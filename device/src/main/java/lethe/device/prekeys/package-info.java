/**
 * Prekeys at the broker: leaving the phone's own, and getting those of others. What is in one is not looked at here.
 *
 * <p>Nothing of what a broker gives out is believed without the signature of whose it is.
 */
@NullMarked
package lethe.device.prekeys;

import org.jspecify.annotations.NullMarked;
