package lethe.broker.edge.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import lethe.broker.edge.signature.FieldCursor.Malformed;
import lethe.core.identity.Opaque;

/** The {@code Content-Digest} field (RFC 9530) with SHA-256, the only one that the profile uses. */
public final class ContentDigest {
    private static final String ALGORITHM = "sha-256";

    private ContentDigest() {}

    /** Whether the field is the digest of the body. */
    static boolean matches(String field, Opaque body) {
        try {
            FieldCursor cursor = new FieldCursor(field.strip());
            if (!cursor.key().equals(ALGORITHM)) {
                return false;
            }
            cursor.take('=');
            byte[] claimed = Base64.getDecoder().decode(cursor.byteSequence());
            return cursor.atEnd() && MessageDigest.isEqual(claimed, sha256(body));
        } catch (Malformed | IllegalArgumentException e) {
            return false;
        }
    }

    /** The field for a body. */
    public static String of(Opaque body) {
        return ALGORITHM + "=:" + Base64.getEncoder().encodeToString(sha256(body)) + ":";
    }

    private static byte[] sha256(Opaque body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body.shared());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
