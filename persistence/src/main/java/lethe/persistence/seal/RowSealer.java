package lethe.persistence.seal;

import java.time.Instant;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.persistence.row.RowAddress;
import lethe.persistence.row.RowKind;

/**
 * Turns what a row says into what the disk gets, and back. All payloads and items of a subscriber's partition pass
 * here, in both directions, and nothing else writes them. Safe for use by many threads.
 */
public interface RowSealer {
    /** What the disk gets as a row's item. */
    Opaque hide(RowAddress address);

    /** The address of a row with such an item. */
    RowAddress reveal(RowKind kind, Opaque hidden, long incarnation);

    /** Seals a row that lasts; bound to the address, so that it opens nowhere else. */
    Opaque seal(String persistenceId, RowAddress address, Opaque plain);

    /** What {@link #seal} sealed; empty if it is not that. */
    Optional<Opaque> open(String persistenceId, RowAddress address, Opaque sealed);

    /** Seals a row that can be forgotten: under a fresh key, and that under the key of the present epoch. */
    SealedRow sealForNow(String persistenceId, RowAddress address, Opaque plain);

    /** What {@link #sealForNow} sealed; empty if it is not that, or the key of its epoch is destroyed. */
    Optional<OpenedRow> openForNow(String persistenceId, RowAddress address, Opaque sealed);

    /**
     * The same with the row's own key, which outlived that of its epoch.
     *
     * @param key 32 bytes
     */
    Optional<OpenedRow> openWith(byte[] key, String persistenceId, RowAddress address, Opaque sealed);

    /** The present epoch. Keys of rows that are older must be sealed anew within it. */
    long epoch();

    /** By when somebody must see to it that what was stored in an epoch gets newer keys. */
    Instant renewal(long epoch, String persistenceId);
}
