package lethe.persistence.fence;

import lethe.core.identity.Opaque;
import lethe.persistence.row.RowAddress;

/**
 * A row as it was read.
 *
 * @param address where
 * @param life of the entity, to which it belongs
 * @param sequence of the save that wrote it
 * @param payload opened
 * @param writtenAt its timestamp in microseconds
 */
record StoredRow(RowAddress address, long life, long sequence, Opaque payload, long writtenAt) {}
