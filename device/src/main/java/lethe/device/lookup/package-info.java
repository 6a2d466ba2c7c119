/**
 * Who of its contacts a phone can reach: it fetches what the broker publishes of who is listed, and looks for itself.
 *
 * <p>Every phone asks for the same; of the contacts and of what was found nothing leaves the phone. Believes the key
 * that it has pinned, and no broker.
 */
@NullMarked
package lethe.device.lookup;

import org.jspecify.annotations.NullMarked;
