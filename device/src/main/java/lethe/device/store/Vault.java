package lethe.device.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;

/**
 * What encrypts a phone's files: a master key of 32 random bytes, the key that wraps it, and how that one is come by. A
 * file's own key is derived from the master key and the file's name. It does not print.
 */
final class Vault {
    private final Wrapping wrapping;
    private final byte[] wrappingKey;
    private final byte[] master;
    private final VaultFile.State state;

    private Vault(Wrapping wrapping, byte[] wrappingKey, byte[] master, VaultFile.State state) {
        this.wrapping = wrapping;
        this.wrappingKey = wrappingKey;
        this.master = master;
        this.state = state;
    }

    /**
     * A new one.
     *
     * @throws IllegalArgumentException if the key is none
     */
    static Vault draw(VaultKey key, RandomGenerator random) {
        return wrapped(key, Sealing.draw(random, Sealing.KEY), VaultFile.State.SEALING, random);
    }

    /** The same master key under another key. */
    Vault under(VaultKey key, RandomGenerator random) {
        return wrapped(key, master, state, random);
    }

    private static Vault wrapped(VaultKey key, byte[] master, VaultFile.State state, RandomGenerator random) {
        if (key instanceof Passphrase passphrase) {
            Wrapping.ByPassphrase wrapping = Wrapping.ByPassphrase.draw(random);
            byte[] derived = passphrase.derive(wrapping.cost(), wrapping.salt().toBytes());
            return new Vault(wrapping, derived, master, state);
        }
        if (key instanceof VaultKey.OfPlatform platform) {
            byte[] drawn = Sealing.draw(random, Sealing.KEY);
            Opaque wrapped = Opaque.wrap(platform.key().wrap(drawn.clone()));
            return new Vault(new Wrapping.ByPlatform(wrapped), drawn, master, state);
        }
        throw new IllegalArgumentException("nothing is encrypted under no key");
    }

    static Opening<Vault> unlock(VaultFile file, VaultKey key) {
        Optional<byte[]> wrappingKey = file.wrapping().key(key);
        if (wrappingKey.isEmpty()) {
            return new Opening.Refused<>(file.wrapping().missing());
        }
        byte[] bound = VaultFile.bound(file.state(), file.wrapping());
        Optional<byte[]> master =
                Sealing.open(wrappingKey.get(), bound, file.sealedMaster().toBytes());
        return master.isPresent()
                ? new Opening.Opened<>(new Vault(file.wrapping(), wrappingKey.get(), master.get(), file.state()))
                : new Opening.Refused<>(StoreRefusal.WRONG_KEY);
    }

    Vault in(VaultFile.State other) {
        return new Vault(wrapping, wrappingKey, master, other);
    }

    VaultFile.State state() {
        return state;
    }

    VaultFile file(RandomGenerator random) {
        byte[] sealed = Sealing.seal(wrappingKey, VaultFile.bound(state, wrapping), master, random);
        return new VaultFile(state, wrapping, Opaque.wrap(sealed));
    }

    /** Seals to a mark and a name. */
    byte[] seal(byte[] mark, String name, byte[] content, RandomGenerator random) {
        return Sealing.seal(key(name), bound(mark, name), content, random);
    }

    /** What was sealed so; empty if it was not, or is altered. */
    Optional<byte[]> open(byte[] mark, String name, byte[] sealed) {
        return Sealing.open(key(name), bound(mark, name), sealed);
    }

    private byte[] key(String name) {
        return Sealing.derive(master, "file " + name);
    }

    static byte[] bound(byte[] mark, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(mark.length + text.length)
                .put(mark)
                .put(text)
                .array();
    }

    static boolean begins(byte[] content, byte[] mark) {
        return content.length >= mark.length && Arrays.equals(content, 0, mark.length, mark, 0, mark.length);
    }

    @Override
    public String toString() {
        return "Vault[***]";
    }
}
