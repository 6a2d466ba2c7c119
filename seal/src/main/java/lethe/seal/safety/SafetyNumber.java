package lethe.seal.safety;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.seal.form.FieldReader;
import lethe.seal.form.FieldWriter;
import org.bouncycastle.crypto.digests.SHA512Digest;

/**
 * What two people compare to find out that each has the other's account key and nobody else's: 60 digits to read out,
 * or a code to scan. The same on both sides.
 *
 * <p>Each half stands for one of them: what 5,200 rounds of SHA-512 make of key and address. So a key with the digits
 * of another one takes some 2^112 hashes to find. Rounds and digits are those of Signal's safety numbers.
 *
 * @param first the half whose digits come first, 32 bytes
 * @param second the other half, 32 bytes
 */
public record SafetyNumber(Opaque first, Opaque second) {
    /** Digits of the whole. */
    public static final int DIGITS = 60;
    /** Bytes of the code to scan. */
    public static final int CODE = 65;

    private static final int HALF = 32;
    private static final int ROUNDS = 5_200;
    private static final byte[] CONTEXT = {0, 1};
    private static final int CODE_VERSION = 1;
    private static final int GROUPS_OF_HALF = 6;
    private static final int GROUP = 5;
    private static final long GROUP_BOUND = 100_000;

    private static final Comparator<Opaque> BY_DIGITS =
            Comparator.comparing(SafetyNumber::digitsOf).thenComparing(Opaque::shared, Arrays::compareUnsigned);

    public SafetyNumber {
        if (first.length() != HALF || second.length() != HALF) {
            throw new IllegalArgumentException("a half has " + HALF + " bytes");
        }
    }

    /** The number of two people, in whichever order they are named. */
    public static SafetyNumber of(Tag one, DeviceKey account, Tag other, DeviceKey otherAccount) {
        return of(
                half(CONTEXT, account.bytes().shared(), one.bytes().shared()),
                half(CONTEXT, otherAccount.bytes().shared(), other.bytes().shared()));
    }

    static SafetyNumber of(Opaque half, Opaque other) {
        List<Opaque> sorted = Stream.of(half, other).sorted(BY_DIGITS).toList();
        return new SafetyNumber(sorted.get(0), sorted.get(1));
    }

    static Opaque half(byte[] context, byte[] key, byte[] name) {
        SHA512Digest digest = new SHA512Digest();
        byte[] hash = new byte[digest.getDigestSize()];
        digest.update(context, 0, context.length);
        digest.update(key, 0, key.length);
        digest.update(name, 0, name.length);
        for (int round = 1; round <= ROUNDS; round++) {
            digest.update(key, 0, key.length);
            digest.doFinal(hash, 0);
            digest.update(hash, 0, hash.length);
        }
        return Opaque.wrap(Arrays.copyOf(hash, HALF));
    }

    /** All 60 digits. */
    public String digits() {
        return digitsOf(first) + digitsOf(second);
    }

    /** The digits in twelve groups of five, as they are shown. */
    public List<String> groups() {
        return Stream.of(first, second).flatMap(SafetyNumber::groupsOf).toList();
    }

    /** What a QR code holds: a version and both halves, {@link #CODE} bytes. */
    public Opaque code() {
        return Opaque.wrap(
                new FieldWriter().u8(CODE_VERSION).raw(first).raw(second).toBytes());
    }

    /** Compares with what was scanned of the other one's screen. */
    public Match compare(Opaque scanned) {
        FieldReader in = new FieldReader(scanned);
        int version = in.u8();
        SafetyNumber theirs = new SafetyNumber(in.raw(HALF), in.raw(HALF));
        if (version != CODE_VERSION || !in.isDone()) {
            return Match.NO_CODE;
        }
        return equals(theirs) ? Match.SAME : Match.DIFFERENT;
    }

    private static String digitsOf(Opaque half) {
        return String.join("", groupsOf(half).toList());
    }

    private static Stream<String> groupsOf(Opaque half) {
        return IntStream.range(0, GROUPS_OF_HALF).mapToObj(group -> group(half.shared(), group * GROUP));
    }

    private static String group(byte[] half, int from) {
        long value = 0;
        for (int i = from; i < from + GROUP; i++) {
            value = (value << Byte.SIZE) | (half[i] & 0xff);
        }
        return "%05d".formatted(value % GROUP_BOUND);
    }

    /** Shown to people, and to nobody else. */
    @Override
    public String toString() {
        return "SafetyNumber[***]";
    }

    /** What came of scanning. */
    public enum Match {
        SAME,
        /** Somebody is in between, or it was another person's code. */
        DIFFERENT,
        /** Not a safety number, or of another version. */
        NO_CODE
    }
}
