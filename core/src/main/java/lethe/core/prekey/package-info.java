/**
 * Prekeys: public keys that a device leaves at the broker, so that others can seal messages to it while it is away.
 *
 * <p>A one-time prekey is given to one asker and then deleted. A last-resort prekey is given while there are no others,
 * until the device replaces it. The broker never looks into either.
 */
@NullMarked
package lethe.core.prekey;

import org.jspecify.annotations.NullMarked;
