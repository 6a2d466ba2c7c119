/** The edge on real sockets: what phones, and what attackers, get to see. */
@NullMarked
package lethe.broker.edge;

import org.jspecify.annotations.NullMarked;
