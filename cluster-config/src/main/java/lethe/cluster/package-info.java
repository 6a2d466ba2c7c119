/**
 * How nodes find each other, share the subscribers out, and part when the network does.
 *
 * <p>Settings, what they mean to Akka, and the first step into the cluster. Knows nothing of what the nodes do there.
 */
@NullMarked
package lethe.cluster;

import org.jspecify.annotations.NullMarked;
