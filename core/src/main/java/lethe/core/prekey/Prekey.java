package lethe.core.prekey;

import lethe.core.identity.Opaque;

/**
 * A public key of a device, with its signature: opaque here.
 *
 * @param suite with which it is used, 1 to 255
 * @param id by which its device finds the private key: unsigned, 32 bits; of a device's ids none is given twice
 * @param body 1 to {@link #MOST_BYTES} bytes
 */
public record Prekey(int suite, long id, Opaque body) {
    /** Room for a hybrid public key of 1,216 bytes and a signature. */
    public static final int MOST_BYTES = 2_048;

    public static final int HIGHEST_SUITE = 255;
    public static final long HIGHEST_ID = 0xffff_ffffL;

    public Prekey {
        if (suite < 1 || suite > HIGHEST_SUITE) {
            throw new IllegalArgumentException("a suite is 1 to " + HIGHEST_SUITE);
        }
        if (id < 0 || id > HIGHEST_ID) {
            throw new IllegalArgumentException("a prekey's id has 32 bits");
        }
        if (body.length() == 0 || body.length() > MOST_BYTES) {
            throw new IllegalArgumentException("a prekey has 1 to " + MOST_BYTES + " bytes");
        }
    }
}
