/**
 * The kill run: phones exchange messages while their broker, its Cassandra, or both die again and again, and the
 * history is judged.
 *
 * <p>What happens is drawn from one seed; when exactly it happens depends on the machine.
 */
@NullMarked
package lethe.loadtest.kill;

import org.jspecify.annotations.NullMarked;
