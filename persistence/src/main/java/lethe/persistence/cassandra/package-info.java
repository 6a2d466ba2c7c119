/**
 * The way to Cassandra: settings, the one session of an actor system, the tables.
 *
 * <p>Knows nothing of what the rows mean.
 */
@NullMarked
package lethe.persistence.cassandra;

import org.jspecify.annotations.NullMarked;
