package lethe.oprf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What is hashed, part after part, each with its length before it (RFC 9497, sections 2.2 and 3.3). */
final class Transcript {
    private static final int MAX_PART = 0xffff;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A part of at most 65,535 bytes. */
    Transcript add(byte[] part) {
        if (part.length > MAX_PART) {
            throw new IllegalArgumentException("longer than " + MAX_PART + " bytes");
        }
        number(part.length);
        bytes.writeBytes(part);
        return this;
    }

    /** Two bytes. */
    Transcript number(int number) {
        bytes.write(number >> 8);
        bytes.write(number);
        return this;
    }

    /** Bytes without a length. */
    Transcript raw(byte[] part) {
        bytes.writeBytes(part);
        return this;
    }

    /** The last word. */
    Transcript end(String word) {
        return raw(word.getBytes(StandardCharsets.US_ASCII));
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(toBytes());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
