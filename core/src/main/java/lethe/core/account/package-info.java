/**
 * Whose an address is: an account key, the devices that it lists, its registration PIN, and who else claims it.
 *
 * <p>A broker sees the account key with every list, and decides nothing by itself: what the key signed counts, in the
 * order of its versions.
 */
@NullMarked
package lethe.core.account;

import org.jspecify.annotations.NullMarked;
