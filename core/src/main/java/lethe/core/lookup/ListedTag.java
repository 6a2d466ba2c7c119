package lethe.core.lookup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import lethe.core.identity.Tag;

/**
 * What is published of a tag: the first 64 bits of SHA-256 over {@code lethe/1 listed} and the tag.
 *
 * <p>Nobody finds the tag from it; whoever has the tag finds it. It does not print.
 *
 * @param bits all 64, the most significant first
 */
public record ListedTag(long bits) implements Comparable<ListedTag> {
    private static final byte[] CONTEXT = "lethe/1 listed".getBytes(StandardCharsets.US_ASCII);

    /** What would be published of this tag. */
    public static ListedTag of(Tag tag) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(CONTEXT);
            return new ListedTag(
                    ByteBuffer.wrap(sha256.digest(tag.bytes().shared())).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** By the bits as a number without sign. */
    @Override
    public int compareTo(ListedTag other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return "ListedTag[***]";
    }
}
