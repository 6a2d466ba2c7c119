/** A broker's node in the same JVM, on a real Cassandra. */
@NullMarked
package lethe.broker;

import org.jspecify.annotations.NullMarked;
