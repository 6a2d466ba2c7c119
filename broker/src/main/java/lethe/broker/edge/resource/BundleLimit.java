package lethe.broker.edge.resource;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lethe.broker.edge.connection.Rates;
import lethe.core.identity.Opaque;
import lethe.core.identity.SubscriberId;

/**
 * How many one-time prekeys of another subscriber an account gets through this node: so many that a conversation has
 * them, and so few that nobody uses up somebody's. Whoever asks oftener gets last-resort prekeys.
 *
 * <p>Counted by account, because an account may have many devices. Which accounts it counts is hashed under a key that
 * only this process has, and forgotten when the bucket would be full again, at most an hour later.
 */
final class BundleLimit {
    private static final String MAC = "HmacSHA256";
    private static final int LABEL = 16;

    /** At once. */
    static final int BURST = 20;

    /** In which one more comes. */
    static final Duration EVERY = Duration.ofMinutes(3);

    private final Rates<Opaque> rates = new Rates<>(1, EVERY, BURST);
    private final SecretKeySpec key;

    BundleLimit() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, MAC);
    }

    /** Whether one-time prekeys are given now. An account's own devices ask for each other without limit. */
    boolean allows(SubscriberId asker, SubscriberId owner) {
        return asker.equals(owner) || rates.take(label(asker, owner)).isEmpty();
    }

    private Opaque label(SubscriberId asker, SubscriberId owner) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(asker.bytes().shared());
            return Opaque.wrap(Arrays.copyOf(mac.doFinal(owner.bytes().shared()), LABEL));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }
}
