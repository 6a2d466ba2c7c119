/**
 * Lethe under load: phones by the thousand that say what real ones say, and remember no more than they must.
 *
 * <p>A phone here has no outbox and no disk. It is honest all the same: it acknowledges what it has counted, names the
 * predecessor of what it sends, and settles what the broker keeps for it.
 */
@NullMarked
package lethe.loadtest.lethe;

import org.jspecify.annotations.NullMarked;
