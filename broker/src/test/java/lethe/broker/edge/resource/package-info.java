@NullMarked
package lethe.broker.edge.resource;

import org.jspecify.annotations.NullMarked;
