/** Settings of a cluster, good and bad. */
@NullMarked
package lethe.cluster;

import org.jspecify.annotations.NullMarked;
