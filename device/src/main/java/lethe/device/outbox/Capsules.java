package lethe.device.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.random.RandomGenerator;
import lethe.client.sealing.GatewayKey;
import lethe.client.sealing.SmsContent;
import lethe.core.identity.Opaque;
import lethe.device.sms.SmsCopy;
import org.jspecify.annotations.Nullable;

/** Seals to the pinned gateway what it shall send. */
final class Capsules {
    private final @Nullable GatewayKey key;
    private final RandomGenerator random;

    /**
     * Of this phone.
     *
     * @param key null if none is pinned
     * @param random a cryptographically strong source
     */
    Capsules(@Nullable GatewayKey key, RandomGenerator random) {
        this.key = key;
        this.random = random;
    }

    /**
     * Whether a message needs a capsule that cannot be made: the key was pinned when it was accepted, and is no more.
     */
    boolean isMissing(Entry entry) {
        return entry.isForGateway() && !entry.isOffered() && key == null;
    }

    /** What goes with a message that is offered now for the first time; null if its fallback needs none. */
    @Nullable
    Opaque seal(Entry entry, Instant now) {
        if (!entry.isForGateway() || key == null) {
            return null;
        }
        SmsCopy sms = Objects.requireNonNull(entry.message.sms());
        Duration ttl = entry.message.terms().ttl();
        Instant expires =
                ttl == null ? now.plus(Terms.USUAL_TTL) : entry.message.at().plus(ttl);
        SmsContent content = new SmsContent(sms.number(), sms.wording(), expires, SmsCopy.MOST_PARTS);
        return key.seal(content, entry.id(), random);
    }
}
