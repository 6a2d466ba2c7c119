/**
 * HTTP Message Signatures (RFC 9421) in the one profile that Lethe's resources use, and Content-Digest (RFC 9530).
 *
 * <p>Reads a signed request and says what was signed, by whom and when. Holds no key and remembers no nonce: the
 * sender's own <code>Subscriber</code> knows the device's key and what it has seen before.
 */
@NullMarked
package lethe.broker.edge.signature;

import org.jspecify.annotations.NullMarked;
