package lethe.persistence.seal;

import java.time.Instant;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.persistence.row.RowAddress;
import lethe.persistence.row.RowKind;

/**
 * Stores everything as it is: for the drill that shows what sealing is for, and for looking at rows. Cassandra does not
 * forget what it gets so.
 */
public final class Unsealed implements RowSealer {
    private static final RowKey NO_KEY = new RowKey(new byte[0], Long.MAX_VALUE);

    @Override
    public Opaque hide(RowAddress address) {
        return address.item();
    }

    @Override
    public RowAddress reveal(RowKind kind, Opaque hidden, long incarnation) {
        return new RowAddress(kind, hidden, incarnation);
    }

    @Override
    public Opaque seal(String persistenceId, RowAddress address, Opaque plain) {
        return plain;
    }

    @Override
    public Optional<Opaque> open(String persistenceId, RowAddress address, Opaque sealed) {
        return Optional.of(sealed);
    }

    @Override
    public SealedRow sealForNow(String persistenceId, RowAddress address, Opaque plain) {
        return new SealedRow(plain, NO_KEY);
    }

    @Override
    public Optional<OpenedRow> openForNow(String persistenceId, RowAddress address, Opaque sealed) {
        return Optional.of(new OpenedRow(sealed, NO_KEY));
    }

    @Override
    public Optional<OpenedRow> openWith(byte[] key, String persistenceId, RowAddress address, Opaque sealed) {
        return openForNow(persistenceId, address, sealed);
    }

    @Override
    public long epoch() {
        return Long.MIN_VALUE;
    }

    @Override
    public Instant renewal(long epoch, String persistenceId) {
        return Instant.MAX;
    }
}
