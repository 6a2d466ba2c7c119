package lethe.device.store;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * What one try of a passphrase costs: Argon2id, version 1.3 (RFC 9106).
 *
 * @param memoryKib from 8 KiB for each lane to 1 GiB
 * @param passes 1 to 64
 * @param lanes 1 to 16
 */
record Argon2Cost(int memoryKib, int passes, int lanes) {
    /**
     * The second recommended option of RFC 9106, section 4. The first wants 2 GiB at once, for which a phone's system
     * would end other programs, or this one.
     */
    static final Argon2Cost USUAL = new Argon2Cost(1 << 16, 3, 4);

    private static final int MOST_KIB = 1 << 20;
    private static final int LEAST_KIB_A_LANE = 8;

    Argon2Cost {
        if (passes < 1
                || passes > 64
                || lanes < 1
                || lanes > 16
                || memoryKib < LEAST_KIB_A_LANE * lanes
                || memoryKib > MOST_KIB) {
            throw new IllegalArgumentException("no cost of Argon2id that a phone pays");
        }
    }

    byte[] derive(byte[] passphrase, byte[] salt) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] key = new byte[Sealing.KEY];
        argon2.generateBytes(passphrase, key);
        return key;
    }
}
