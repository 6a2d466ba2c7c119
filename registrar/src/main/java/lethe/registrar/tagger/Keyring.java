package lethe.registrar.tagger;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import lethe.core.protocol.TaggerBodies.TaggerKey;
import lethe.core.protocol.TaggerBodies.TaggerKeys;
import lethe.oprf.SecretKey;

/** The keys of one tagger, or its shares of them, by version. Immutable; does not print. */
final class Keyring {
    /** Versions at once: the one in force, the next, and room for a change that is taken back. */
    static final int MOST = 8;

    private final SortedMap<Integer, SecretKey> keys;

    private Keyring(SortedMap<Integer, SecretKey> keys) {
        this.keys = Collections.unmodifiableSortedMap(keys);
    }

    /**
     * A keyring of keys by version.
     *
     * @throws IllegalArgumentException if there are none, or more than {@value #MOST}, or a version is not from 1 on
     */
    static Keyring of(Map<Integer, SecretKey> keys) {
        SortedMap<Integer, SecretKey> sorted = new TreeMap<>(keys);
        if (sorted.isEmpty() || sorted.size() > MOST || sorted.firstKey() < 1) {
            throw new IllegalArgumentException("from one key to " + MOST + ", versions from 1 on");
        }
        return new Keyring(sorted);
    }

    /** One new key, of version 1. */
    static Keyring draw(RandomGenerator random) {
        return of(Map.of(1, SecretKey.draw(random)));
    }

    SortedMap<Integer, SecretKey> keys() {
        return keys;
    }

    Optional<SecretKey> find(int version) {
        return Optional.ofNullable(keys.get(version));
    }

    /** What everybody may know of it. */
    TaggerKeys published() {
        return new TaggerKeys(keys.entrySet().stream()
                .map(key -> new TaggerKey(
                        key.getKey(), key.getValue().publicKey().element().bytes()))
                .toList());
    }

    @Override
    public String toString() {
        return "Keyring[" + keys.size() + " keys]";
    }
}
