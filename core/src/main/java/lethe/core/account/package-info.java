/**
 * Whose an address is: an account key, the devices that it lists, its registration PIN, and who else claims it.
 *
 * <p>A broker sees the account key with every list, and decides nothing by itself: what the key signed counts, in the
 * order of its versions. These order all lists for one address, whichever account signed them.
 */
@NullMarked
package lethe.core.account;

import org.jspecify.annotations.NullMarked;
