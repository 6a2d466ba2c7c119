package lethe.core.identity;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns tags into subscriber ids: HMAC-SHA-256 (RFC 2104) under the identity key of this installation.
 *
 * <p>Safe for use by many threads.
 */
public final class SubscriberIds {
    static final int LENGTH = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final ThreadLocal<Mac> macs;

    private SubscriberIds(SecretKeySpec key) {
        macs = ThreadLocal.withInitial(() -> mac(key));
    }

    /**
     * Under the given key.
     *
     * @param key at least 32 bytes
     * @throws IllegalArgumentException if it is shorter
     */
    public static SubscriberIds under(Opaque key) {
        if (key.length() < LENGTH) {
            throw new IllegalArgumentException("an identity key has at least " + LENGTH + " bytes");
        }
        return new SubscriberIds(new SecretKeySpec(key.shared(), ALGORITHM));
    }

    public SubscriberId of(Tag tag) {
        return new SubscriberId(Opaque.wrap(macs.get().doFinal(tag.bytes().shared())));
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "SubscriberIds[***]";
    }
}
