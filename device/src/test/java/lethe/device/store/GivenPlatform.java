package lethe.device.store;

import java.util.Optional;
import java.util.Random;

/** A platform that keeps a key, without the cost of a passphrase. */
final class GivenPlatform implements PlatformKey {
    private static final byte[] BOUND = {1};

    private final Random random;
    private final byte[] key;

    private GivenPlatform(int number) {
        this.random = new Random(number);
        this.key = Sealing.draw(random, Sealing.KEY);
    }

    static VaultKey key(int number) {
        return new VaultKey.OfPlatform(new GivenPlatform(number));
    }

    @Override
    public byte[] wrap(byte[] wrapped) {
        return Sealing.seal(key, BOUND, wrapped, random);
    }

    @Override
    public Optional<byte[]> unwrap(byte[] wrapped) {
        return Sealing.open(key, BOUND, wrapped);
    }
}
