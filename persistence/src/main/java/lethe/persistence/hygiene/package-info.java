/**
 * What forgetting, and keeping what is held, ask of Cassandra, of its tables and of the machine, and what is found to
 * be otherwise.
 *
 * <p>Rows are sealed, so nothing here is what forgetting rests on: most of it keeps what is stored, and what is in
 * memory, from being copied to where nobody looks. It never changes a setting, never stops a broker, and names settings
 * and their values only: no row, no key, no path.
 */
@NullMarked
package lethe.persistence.hygiene;

import org.jspecify.annotations.NullMarked;
