package lethe.client.sealing;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.PlainIdentifier.Kind;
import lethe.core.identity.RevealsIdentifiers;

/**
 * What a sender's phone tells a gateway, and nobody else.
 *
 * @param number the recipient's, of the kind {@link Kind#NUMBER}; whoever has no more use for it wipes it
 * @param expires void from then on, to the second
 * @param mostParts that the text may take, 1 to 255; a gateway allows fewer
 */
public record SmsContent(PlainIdentifier number, SmsWording wording, Instant expires, int mostParts) {
    private static final byte VERSION = 1;
    private static final int LENGTH = 1;
    private static final int DIGITS = 2;
    private static final int MOST_DIGITS = 16;
    private static final int EXPIRES = DIGITS + MOST_DIGITS;
    private static final int PARTS = EXPIRES + Long.BYTES;
    private static final int KIND = PARTS + 1;
    private static final int SAID = KIND + 1;
    private static final int HEAD = SAID + Short.BYTES;
    private static final byte TEXT = 0;
    private static final byte NOTICE = 1;

    /** All contents have one of these sizes: they tell nearly nothing of the text, and nothing of a notice. */
    private static final int[] SIZES = {256, 1024, 4096};

    private static final long LATEST = (1L << 53) - 1;

    /** Bytes of a wording, at most: UTF-8. */
    public static final int MOST_WORDING = 4096 - HEAD;

    /**
     * A content.
     *
     * @throws IllegalArgumentException if it is not about a number, is too long, or the parts are out of bounds
     */
    public SmsContent {
        boolean inTime = expires.getEpochSecond() >= 0 && expires.getEpochSecond() <= LATEST;
        if (number.kind() != Kind.NUMBER || mostParts < 1 || mostParts > 255 || !inTime) {
            throw new IllegalArgumentException("a number, 1 to 255 parts, and an end");
        }
        if (wording.bytes().length > MOST_WORDING) {
            throw new IllegalArgumentException("a wording has at most " + MOST_WORDING + " bytes");
        }
    }

    /**
     * Version, length of the number, the number filled up with zeros, expiry in seconds, parts, whether it is a notice,
     * the wording with its length in front, and zeros. To be wiped.
     */
    @RevealsIdentifiers("the number is sealed before it leaves")
    byte[] encode() {
        byte[] said = wording.bytes();
        byte[] bytes = new byte[size(HEAD + said.length)];
        byte[] digits = number.revealBytes();
        bytes[0] = VERSION;
        bytes[LENGTH] = (byte) digits.length;
        System.arraycopy(digits, 0, bytes, DIGITS, digits.length);
        write(bytes, EXPIRES, Long.BYTES, expires.getEpochSecond());
        bytes[PARTS] = (byte) mostParts;
        bytes[KIND] = wording instanceof SmsWording.Notice ? NOTICE : TEXT;
        write(bytes, SAID, Short.BYTES, said.length);
        System.arraycopy(said, 0, bytes, HEAD, said.length);
        Arrays.fill(digits, (byte) 0);
        Arrays.fill(said, (byte) 0);
        return bytes;
    }

    private static int size(int least) {
        return Arrays.stream(SIZES).filter(size -> size >= least).findFirst().orElseThrow();
    }

    /** Reads what {@link #encode} writes, and nothing else; the bytes are left as they are. */
    static Optional<SmsContent> decode(byte[] bytes) {
        if (Arrays.stream(SIZES).noneMatch(size -> size == bytes.length)
                || bytes[0] != VERSION
                || bytes[LENGTH] < 0
                || bytes[LENGTH] > MOST_DIGITS
                || bytes[KIND] < TEXT
                || bytes[KIND] > NOTICE) {
            return Optional.empty();
        }
        long length = read(bytes, SAID, Short.BYTES);
        if (length > bytes.length - HEAD
                || !isZero(bytes, DIGITS + bytes[LENGTH], EXPIRES)
                || !isZero(bytes, HEAD + (int) length, bytes.length)) {
            return Optional.empty();
        }
        byte[] said = Arrays.copyOfRange(bytes, HEAD, HEAD + (int) length);
        Optional<SmsWording> wording = SmsWording.of(bytes[KIND] == NOTICE, said);
        Arrays.fill(said, (byte) 0);
        return wording.flatMap(known -> decode(bytes, known));
    }

    private static Optional<SmsContent> decode(byte[] bytes, SmsWording wording) {
        char[] digits = new char[bytes[LENGTH]];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (char) (bytes[DIGITS + i] & 0xff);
        }
        try {
            long seconds = Math.min(Math.max(read(bytes, EXPIRES, Long.BYTES), -1), LATEST + 1);
            SmsContent content = new SmsContent(
                    PlainIdentifier.of(Kind.NUMBER, digits),
                    wording,
                    Instant.ofEpochSecond(seconds),
                    bytes[PARTS] & 0xff);
            return Optional.of(content);
        } catch (IllegalArgumentException noContent) {
            Arrays.fill(digits, '0');
            return Optional.empty();
        }
    }

    private static void write(byte[] bytes, int at, int length, long value) {
        for (int i = 0; i < length; i++) {
            bytes[at + i] = (byte) (value >> (Byte.SIZE * (length - 1 - i)));
        }
    }

    private static long read(byte[] bytes, int at, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << Byte.SIZE) | (bytes[at + i] & 0xff);
        }
        return value;
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "SmsContent[***]";
    }
}
