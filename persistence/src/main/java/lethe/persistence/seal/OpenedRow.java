package lethe.persistence.seal;

import lethe.core.identity.Opaque;

/**
 * A row that could be opened.
 *
 * @param plain what it says
 * @param key that opened it
 */
public record OpenedRow(Opaque plain, RowKey key) {}
