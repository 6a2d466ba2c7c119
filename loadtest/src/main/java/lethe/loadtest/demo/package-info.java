/**
 * The story of Lethe, told by doing it: every step is verified, on a real Cassandra and a real broker.
 *
 * <p>Believes nobody: rows are counted by Cassandra, content is looked for on its disk, receipts by the history
 * checker.
 */
@NullMarked
package lethe.loadtest.demo;

import org.jspecify.annotations.NullMarked;
