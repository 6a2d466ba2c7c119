@NullMarked
package lethe.broker.telemetry;

import org.jspecify.annotations.NullMarked;
