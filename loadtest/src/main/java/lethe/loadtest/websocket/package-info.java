/**
 * The client's half of RFC 6455, written for speed: opening, framing, masking. Never fragments, never compresses, and
 * knows nothing of what is inside.
 */
@NullMarked
package lethe.loadtest.websocket;

import org.jspecify.annotations.NullMarked;
