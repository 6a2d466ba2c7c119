/**
 * The algorithms under an envelope: HPKE in two suites, and Ed25519, by Bouncy Castle.
 *
 * <p>Nothing here knows what is sealed. What Bouncy Castle throws at bytes from outside ends here, as an empty answer.
 */
@NullMarked
package lethe.seal.crypto;

import org.jspecify.annotations.NullMarked;
