/**
 * What the disk gets instead of what a row says, and the keys that are forgotten.
 *
 * <p>Cassandra does not forget: what was once written is found in its disks long after it was deleted. So an envelope
 * is stored under a fresh key, and that key under the key of the present <em>epoch</em>, which exists in memory only
 * and is destroyed two epochs after it was made. What still waits then is known by a newer key; what was acknowledged
 * is noise.
 *
 * <pre>
 * held row     version | epoch | wrap nonce | key under the epoch's key | envelope under the key
 * keys row     the same form, and in it the keys of all rows that are older than the epoch
 * other rows   version | salt | payload under a key of this installation and the salt
 * </pre>
 *
 * <p>AES-256-GCM (NIST SP 800-38D) throughout, bound to the row's address. Never prints a key.
 */
@NullMarked
package lethe.persistence.seal;

import org.jspecify.annotations.NullMarked;
