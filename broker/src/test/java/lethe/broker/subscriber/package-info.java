/** Claims about a subscriber, on a real node and a real Cassandra. */
@NullMarked
package lethe.broker.subscriber;

import org.jspecify.annotations.NullMarked;
