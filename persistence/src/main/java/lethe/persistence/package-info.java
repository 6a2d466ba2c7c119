/**
 * What waits, on disk, and how it is forgotten again: journal and snapshot store on the Cassandra driver.
 *
 * <p>Never writes a clear identifier, and never sender and recipient together.
 */
@NullMarked
package lethe.persistence;

import org.jspecify.annotations.NullMarked;
