/**
 * What happened in a run, as the phones' applications saw it, and whether it kept the promises.
 *
 * <p>The checker is pure: it reads no clock, opens no file, and knows nothing of brokers.
 */
@NullMarked
package lethe.loadtest.history;

import org.jspecify.annotations.NullMarked;
