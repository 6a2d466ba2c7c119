package lethe.persistence.fence;

import lethe.core.identity.Opaque;
import lethe.persistence.row.RowAddress;
import lethe.persistence.seal.RowKey;
import org.jspecify.annotations.Nullable;

/**
 * A row as it was read.
 *
 * @param address where
 * @param life of the entity, to which it belongs
 * @param sequence of the save that wrote it
 * @param plain what it says; null if it could not be opened: its key is destroyed, or it is not what was stored there
 * @param key that opened it; null if it is of a kind that has none, or could not be opened
 * @param writtenAt its timestamp in microseconds
 */
record StoredRow(
        RowAddress address,
        long life,
        long sequence,
        @Nullable Opaque plain,
        @Nullable RowKey key,
        long writtenAt) {

    boolean isReadable() {
        return plain != null;
    }

    /** What it says, of a row that is readable. */
    Opaque payload() {
        if (plain == null) {
            throw new IllegalStateException(
                    "a row could not be opened: is this the identity key under which it was stored?");
        }
        return plain;
    }
}
