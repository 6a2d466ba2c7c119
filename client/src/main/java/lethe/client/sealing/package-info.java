/**
 * What only a registrar process can read: a phone's number, sealed to a verifier's key before anything carries it, and
 * a recipient's number with a text, sealed to a gateway's (RFC 9180).
 *
 * <p>Every sealed request has the same size, and a capsule one of three. Reads no clock and opens no socket; chance is
 * passed in.
 */
@NullMarked
package lethe.client.sealing;

import org.jspecify.annotations.NullMarked;
