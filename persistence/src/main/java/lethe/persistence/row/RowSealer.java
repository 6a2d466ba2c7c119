package lethe.persistence.row;

import lethe.core.identity.Opaque;

/**
 * Turns what a row says into what the disk gets, and back. All payloads of a subscriber's partition pass here, in both
 * directions, and nothing else writes them.
 */
public interface RowSealer {

    /** What the disk gets; bound to the address, so that it opens nowhere else. */
    Opaque seal(String persistenceId, RowAddress address, Opaque plain);

    /** What was sealed. */
    Opaque open(String persistenceId, RowAddress address, Opaque sealed);

    /** Stores payloads as they are: end-to-end ciphertext for envelopes, clear for all else. Not yet P4. */
    static RowSealer storingAsIs() {
        return new RowSealer() {
            @Override
            public Opaque seal(String persistenceId, RowAddress address, Opaque plain) {
                return plain;
            }

            @Override
            public Opaque open(String persistenceId, RowAddress address, Opaque sealed) {
                return sealed;
            }
        };
    }
}
