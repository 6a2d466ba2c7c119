package lethe.loadtest.phone;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import lethe.core.identity.Opaque;

/** Bodies as runs make and compare them: text in clear, so that it would be found wherever it stays. */
public final class Body {
    private static final int DIGEST_BYTES = 8;

    private Body() {}

    public static Opaque of(String text) {
        return Opaque.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String text(Opaque body) {
        return new String(body.shared(), StandardCharsets.UTF_8);
    }

    /** The first 64 bits of SHA-256, in hexadecimal: what a history says of a body. */
    public static String digest(Opaque body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.shared());
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
