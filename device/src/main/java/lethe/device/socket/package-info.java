/** A phone's live connection: one WebSocket, frames in and out, and when to come back after it broke. */
@NullMarked
package lethe.device.socket;

import org.jspecify.annotations.NullMarked;
