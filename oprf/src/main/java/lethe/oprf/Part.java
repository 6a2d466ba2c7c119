package lethe.oprf;

/**
 * What one tagger made of a batch, under its own share of the key.
 *
 * @param key the public key of the share, as the tagger says; the whole key, if it is not split
 */
public record Part(PublicKey key, Evaluated evaluated) {}
