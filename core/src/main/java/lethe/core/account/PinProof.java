package lethe.core.account;

import lethe.core.identity.Opaque;

/**
 * What a new account shows of a registration PIN.
 *
 * @param statement of {@link Pin#statement}, about the account that shows it
 * @param signature Ed25519 by the key that was derived from what its owner took for the PIN; 64 bytes
 */
public record PinProof(Opaque statement, Opaque signature) {}
