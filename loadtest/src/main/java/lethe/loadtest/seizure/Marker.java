package lethe.loadtest.seizure;

import lethe.core.identity.Opaque;
import lethe.loadtest.evidence.Form;
import lethe.loadtest.evidence.Sought;

/**
 * Random bytes that nothing else in the world has, and that must not be found.
 *
 * @param bytes 16 or more
 */
record Marker(MarkerKind kind, Opaque bytes) {
    static final int SHORTEST = 16;

    Marker {
        if (bytes.length() < SHORTEST) {
            throw new IllegalArgumentException("fewer than " + SHORTEST + " bytes may be found by chance");
        }
    }

    /** In all the ways in which bytes are written down. */
    Sought sought() {
        return new Sought(kind.word(), Form.of(bytes));
    }

    /** Whoever prints it leaves it where it must not be. */
    @Override
    public String toString() {
        return "Marker[" + kind.word() + "]";
    }
}
