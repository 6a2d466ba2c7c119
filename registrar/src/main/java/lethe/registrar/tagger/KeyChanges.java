package lethe.registrar.tagger;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.random.RandomGenerator;
import lethe.oprf.SecretKey;

/** What operators do with keys: all of it keeps every tag that there is, but for a version that is dropped. */
final class KeyChanges {
    private KeyChanges() {}

    /** With one more key, of the next version. Empty if there is no room. */
    static Optional<Keyring> withNext(Keyring keys, RandomGenerator random) {
        if (keys.keys().size() == Keyring.MOST) {
            return Optional.empty();
        }
        Map<Integer, SecretKey> more = new TreeMap<>(keys.keys());
        more.put(keys.keys().lastKey() + 1, SecretKey.draw(random));
        return Optional.of(Keyring.of(more));
    }

    /** Without a version. Empty if there is none, or it is the last one. */
    static Optional<Keyring> without(Keyring keys, int version) {
        Map<Integer, SecretKey> fewer = new TreeMap<>(keys.keys());
        boolean gone = fewer.remove(version) != null;
        return gone && !fewer.isEmpty() ? Optional.of(Keyring.of(fewer)) : Optional.empty();
    }

    /** A key for each version of another keyring, drawn by chance: one share, or the difference of a refresh. */
    static Keyring drawnLike(Keyring keys, RandomGenerator random) {
        Map<Integer, SecretKey> drawn = new TreeMap<>();
        keys.keys().keySet().forEach(version -> drawn.put(version, SecretKey.draw(random)));
        return Keyring.of(drawn);
    }

    /** What each key is with the other's of the same version. Empty if they do not have the same versions. */
    static Optional<Keyring> plus(Keyring keys, Keyring others) {
        return combined(keys, others, (key, other) -> key.plus(other).orElseThrow());
    }

    /**
     * What is left of each key without the other's of the same version. Empty if they do not have the same versions.
     */
    static Optional<Keyring> minus(Keyring keys, Keyring others) {
        return combined(keys, others, (key, other) -> key.minus(other).orElseThrow());
    }

    /** Keys that are drawn by chance do not cancel each other out, in all the time that there is. */
    private static Optional<Keyring> combined(Keyring keys, Keyring others, BinaryOperator<SecretKey> how) {
        if (!keys.keys().keySet().equals(others.keys().keySet())) {
            return Optional.empty();
        }
        Map<Integer, SecretKey> combined = new TreeMap<>();
        keys.keys()
                .forEach((version, key) -> combined.put(
                        version, how.apply(key, others.find(version).orElseThrow())));
        return Optional.of(Keyring.of(combined));
    }
}
