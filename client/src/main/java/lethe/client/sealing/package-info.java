/**
 * What only a verifier can read: a phone's number, sealed to the verifier's key before anything carries it (RFC 9180).
 *
 * <p>Every sealed request has the same size. Reads no clock and opens no socket; chance is passed in.
 */
@NullMarked
package lethe.client.sealing;

import org.jspecify.annotations.NullMarked;
