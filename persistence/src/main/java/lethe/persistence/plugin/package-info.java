/**
 * The Akka Persistence plugins: journal and snapshot store.
 *
 * <p>Ids of fenced entity types take the way of {@link lethe.persistence.fence}; all others are stored as Akka
 * serializes them.
 */
@NullMarked
package lethe.persistence.plugin;

import org.jspecify.annotations.NullMarked;
