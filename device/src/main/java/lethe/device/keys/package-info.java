/**
 * The prekeys that a phone keeps: their secrets, what each prekey of last resort has opened, and when new ones are
 * made.
 *
 * <p>What was opened is made durable in this order, so that a phone that dies loses no letter and opens none twice:
 *
 * <pre>
 *   examine        (lethe.seal.Opener)      changes nothing
 *   take           (lethe.seal.Opener)      in memory: nobody else takes it
 *   write          letter and use together  from here on the letter is the phone's
 *   flush          (KeptPrekeys)            the secret leaves the disk
 *   acknowledge                             the broker forgets it
 * </pre>
 *
 * <p>After a start, every use that was written is applied again.
 */
@NullMarked
package lethe.device.keys;

import org.jspecify.annotations.NullMarked;
