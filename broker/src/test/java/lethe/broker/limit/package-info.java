@NullMarked
package lethe.broker.limit;

import org.jspecify.annotations.NullMarked;
