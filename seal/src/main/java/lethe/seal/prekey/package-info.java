/**
 * The keys that a device publishes so that others can seal to it while it is away, and what it keeps of them.
 *
 * <p>A broker stores and hands out prekeys as opaque bytes with a number. Whoever gets one checks by the device's
 * signature that the broker did not make it.
 */
@NullMarked
package lethe.seal.prekey;

import org.jspecify.annotations.NullMarked;
