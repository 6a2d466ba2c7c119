package lethe.device.store;

import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;

/** How the key that wraps a phone's master key is come by: a line of the file {@code vault}. */
sealed interface Wrapping {
    /** Under a passphrase. */
    record ByPassphrase(Argon2Cost cost, Opaque salt) implements Wrapping {
        private static final int SALT = 16;

        static ByPassphrase draw(RandomGenerator random) {
            return new ByPassphrase(Argon2Cost.USUAL, Opaque.wrap(Sealing.draw(random, SALT)));
        }

        @Override
        public String toLine() {
            return String.join(
                    " ",
                    "argon2id",
                    Integer.toString(cost.memoryKib()),
                    Integer.toString(cost.passes()),
                    Integer.toString(cost.lanes()),
                    salt.toText());
        }

        @Override
        public StoreRefusal missing() {
            return StoreRefusal.NEEDS_PASSPHRASE;
        }

        @Override
        public Optional<byte[]> key(VaultKey given) {
            return given instanceof Passphrase passphrase
                    ? Optional.of(passphrase.derive(cost, salt.toBytes()))
                    : Optional.empty();
        }
    }

    /** Under a key of the platform. */
    record ByPlatform(Opaque wrapped) implements Wrapping {
        @Override
        public String toLine() {
            return "platform " + wrapped.toText();
        }

        @Override
        public StoreRefusal missing() {
            return StoreRefusal.NEEDS_PLATFORM_KEY;
        }

        /** A platform that does not know what it is shown gives a key that opens nothing. */
        @Override
        public Optional<byte[]> key(VaultKey given) {
            return given instanceof VaultKey.OfPlatform platform
                    ? Optional.of(platform.key().unwrap(wrapped.toBytes()).orElseGet(() -> new byte[Sealing.KEY]))
                    : Optional.empty();
        }
    }

    /**
     * As it was written.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Wrapping fromLine(String line) {
        String[] words = line.split(" ", -1);
        if (words.length == 2 && words[0].equals("platform")) {
            return new ByPlatform(Opaque.fromText(words[1]));
        }
        if (words.length == 5 && words[0].equals("argon2id")) {
            Argon2Cost cost =
                    new Argon2Cost(Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            return new ByPassphrase(cost, Opaque.fromText(words[4]));
        }
        throw new IllegalArgumentException("no wrapping");
    }

    String toLine();

    /** What is said to whoever comes without a key of this kind. */
    StoreRefusal missing();

    /** The wrapping key, of 32 bytes; empty if the given one is of another kind. */
    Optional<byte[]> key(VaultKey given);
}
