/**
 * What a phone knows of others: whose account is at an address, which devices it has, and whether its owner has
 * compared safety numbers.
 *
 * <p>Addresses are in memory and in one slot, and never print.
 */
@NullMarked
package lethe.device.trust;

import org.jspecify.annotations.NullMarked;
