package lethe.persistence.seal;

import lethe.core.identity.Opaque;

/**
 * A row that can be forgotten.
 *
 * @param payload for the disk
 * @param key that opens it
 */
public record SealedRow(Opaque payload, RowKey key) {}
