/** The floor under every broker: bytes from one connection to another. No accounts, no memory, no promise. */
@NullMarked
package lethe.loadtest.peers.relay;

import org.jspecify.annotations.NullMarked;
