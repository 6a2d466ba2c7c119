/**
 * Envelopes that only phones can read: one device seals a letter to one prekey of another one, with HPKE (RFC 9180),
 * and signs it inside.
 *
 * <pre>
 *   version 1 | suite 1 | prekey 4 | encapsulated key 32 or 1,120 | AEAD( signature 64 | padded )
 *   padded = length 4 | certificate 138 + 48 a device | letter | zeros, up to a bucket
 * </pre>
 *
 * <p>A {@link lethe.seal.Sealer} makes them, an {@link lethe.seal.Opener} opens them or says why not; neither throws.
 * docs/envelopes.md says what this protects, and what not.
 *
 * <p>Reads no clock, opens no socket and no file, draws no random bytes but from the generator that it is given.
 * Brokers never see this module.
 */
@NullMarked
package lethe.seal;

import org.jspecify.annotations.NullMarked;
