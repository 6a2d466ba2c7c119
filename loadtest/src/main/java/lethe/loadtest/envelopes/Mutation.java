package lethe.loadtest.envelopes;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import lethe.seal.crypto.Suite;
import lethe.seal.prekey.Prekey;

/** Alters the bytes of envelopes. What comes of it is never what it was. */
final class Mutation {
    /** Where the fields of an envelope begin (docs/envelopes.md). */
    private static final int SUITE = 1;

    private static final int PREKEY = 2;
    private static final int BUCKET = 512;

    private final RandomGenerator random;

    Mutation(RandomGenerator random) {
        this.random = random;
    }

    Opaque turnBit(Opaque envelope) {
        byte[] bytes = envelope.toBytes();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return Opaque.wrap(bytes);
    }

    Opaque cut(Opaque envelope) {
        int length = random.nextBoolean() ? random.nextInt(envelope.length()) : envelope.length() - BUCKET;
        return Opaque.wrap(Arrays.copyOf(envelope.shared(), length));
    }

    Opaque extend(Opaque envelope) {
        int more = random.nextBoolean() ? 1 + random.nextInt(BUCKET) : BUCKET;
        byte[] bytes = Arrays.copyOf(envelope.shared(), envelope.length() + more);
        if (random.nextBoolean()) {
            byte[] tail = Correspondent.bytes(random, more).shared();
            System.arraycopy(tail, 0, bytes, envelope.length(), more);
        }
        return Opaque.wrap(bytes);
    }

    /** Two parts of equal length change places. */
    Opaque reorder(Opaque envelope) {
        byte[] bytes = envelope.toBytes();
        int length = 1 + random.nextInt(bytes.length / 4);
        int first = random.nextInt(bytes.length / 2 - length);
        int second = bytes.length / 2 + random.nextInt(bytes.length / 2 - length);
        System.arraycopy(envelope.shared(), second, bytes, first, length);
        System.arraycopy(envelope.shared(), first, bytes, second, length);
        return unlike(envelope, envelope, bytes);
    }

    /** The beginning of one, the end of the other, which is as long. */
    Opaque splice(Opaque envelope, Opaque other) {
        byte[] bytes = envelope.toBytes();
        int at = 1 + random.nextInt(bytes.length - 1);
        System.arraycopy(other.shared(), at, bytes, at, bytes.length - at);
        return unlike(envelope, other, bytes);
    }

    /** The same, said to be sealed to another prekey of the same suite. */
    Opaque name(Opaque envelope, Prekey prekey) {
        return name(envelope.toBytes(), prekey);
    }

    /** The same, said to be sealed with the suite of another prekey, and as long as that suite makes it. */
    Opaque convert(Opaque envelope, Suite from, Prekey prekey) {
        int longer = prekey.suite().encapsulated() - from.encapsulated();
        return name(Arrays.copyOf(envelope.shared(), envelope.length() + longer), prekey);
    }

    private static Opaque name(byte[] bytes, Prekey prekey) {
        ByteBuffer.wrap(bytes)
                .put(SUITE, (byte) prekey.suite().code())
                .putInt(PREKEY, prekey.id().bits());
        return Opaque.wrap(bytes);
    }

    /** Parts that are the same in both can have made one of them again. */
    private Opaque unlike(Opaque envelope, Opaque other, byte[] bytes) {
        Opaque altered = Opaque.wrap(bytes);
        return altered.equals(envelope) || altered.equals(other) ? turnBit(altered) : altered;
    }
}
