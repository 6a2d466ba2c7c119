package lethe.device.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.device.store.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Signs a phone's HTTP requests: RFC 9421 with Ed25519, over {@code "@method" "@path" "lethe-tag"}, then
 * {@code "lethe-to"} and {@code "content-digest"} if there is a recipient and a body. The broker takes a signature once
 * and within 60 seconds.
 */
public final class RequestSigner {
    private static final int NONCE = 16;

    private final Identity identity;
    private final Clock clock;
    private final RandomGenerator random;

    /**
     * For one phone.
     *
     * @param random a cryptographically strong source, for nonces
     */
    public RequestSigner(Identity identity, Clock clock, RandomGenerator random) {
        this.identity = identity;
        this.clock = clock;
        this.random = random;
    }

    /**
     * The headers that make a request this phone's.
     *
     * @param path without the query
     * @param to the recipient; null if the request has none
     * @param body empty if the request has none
     */
    public Map<String, String> headers(String method, String path, @Nullable Tag to, Opaque body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Lethe-Tag", identity.tag().toText());
        if (to != null) {
            headers.put("Lethe-To", to.toText());
        }
        if (body.length() > 0) {
            headers.put("Content-Digest", "sha-256=:" + base64(sha256(body)) + ":");
        }
        Map<String, String> components = new LinkedHashMap<>();
        components.put("@method", method);
        components.put("@path", path);
        headers.forEach((name, value) -> components.put(name.toLowerCase(Locale.ROOT), value));
        String parameters = parameters();
        Opaque signature = identity.sign(SignatureBase.bytes(components, parameters));
        headers.put("Signature-Input", "lethe=" + SignatureBase.input(components, parameters));
        headers.put("Signature", "lethe=:" + base64(signature.shared()) + ":");
        return headers;
    }

    private String parameters() {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        return ";created=" + clock.instant().getEpochSecond()
                + ";nonce=\"" + Opaque.wrap(nonce).toText()
                + "\";keyid=\"" + identity.device().toText()
                + "\";alg=\"ed25519\";tag=\"lethe/1\"";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] sha256(Opaque body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body.shared());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
