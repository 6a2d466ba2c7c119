@NullMarked
package lethe.broker.retention;

import org.jspecify.annotations.NullMarked;
