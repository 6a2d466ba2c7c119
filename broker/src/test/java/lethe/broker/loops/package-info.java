@NullMarked
package lethe.broker.loops;

import org.jspecify.annotations.NullMarked;
