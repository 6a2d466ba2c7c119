/**
 * Numbers for operators, at {@code /metrics} of their port.
 *
 * <p>Reads what others count anyhow, when it is asked for; nothing here is called for a message. Names nobody: labels
 * are kinds and reasons, each from a short list that stands in the code.
 */
@NullMarked
package lethe.broker.telemetry;

import org.jspecify.annotations.NullMarked;
