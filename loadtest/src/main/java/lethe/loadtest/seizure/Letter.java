package lethe.loadtest.seizure;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;

/**
 * What one message says: its content marker in the clear, as ciphertext never would, so that finding it means
 * something.
 *
 * @param content 32 random bytes
 * @param body with the marker in it
 */
record Letter(Marker content, Opaque body) {
    private static final byte[] BEFORE = "for your eyes only: ".getBytes(StandardCharsets.US_ASCII);
    private static final int MARKER = 32;

    /** Of a short text, as Lethe's phones pad it. */
    private static final int LENGTH = 160;

    /** Another one. */
    static Letter draw(RandomGenerator random) {
        byte[] marker = new byte[MARKER];
        random.nextBytes(marker);
        byte[] body = new byte[LENGTH];
        System.arraycopy(BEFORE, 0, body, 0, BEFORE.length);
        System.arraycopy(marker, 0, body, BEFORE.length, MARKER);
        return new Letter(new Marker(MarkerKind.CONTENT, Opaque.wrap(marker)), Opaque.wrap(body));
    }

    @Override
    public String toString() {
        return "Letter[***]";
    }
}
