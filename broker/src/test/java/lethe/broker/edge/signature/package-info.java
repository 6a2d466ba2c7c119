/** Vectors of the RFCs, and requests that were changed after they were signed. */
@NullMarked
package lethe.broker.edge.signature;

import org.jspecify.annotations.NullMarked;
