/**
 * Once, on the recipient's side: what was received and not handed over yet, and which ids came before.
 *
 * <p>Decides only: reads no clock, opens no file.
 */
@NullMarked
package lethe.device.inbox;

import org.jspecify.annotations.NullMarked;
