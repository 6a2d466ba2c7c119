/**
 * The load driver: thousands of connections in one process, a few event loops, hardly any cost of its own.
 *
 * <p>Knows pairs, numbers and clocks; what is said on a connection is its {@link lethe.loadtest.load.Dialect}'s
 * business. So the same driver does the same work against Lethe and against any other broker.
 */
@NullMarked
package lethe.loadtest.load;

import org.jspecify.annotations.NullMarked;
