@NullMarked
package lethe.broker.policy;

import org.jspecify.annotations.NullMarked;
