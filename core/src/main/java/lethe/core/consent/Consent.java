package lethe.core.consent;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Statement;
import lethe.core.identity.Tag;

/**
 * A subscriber's signed agreement to one policy. Shape after ISO/IEC TS 27560; provable as GDPR, article 7(1), asks.
 *
 * @param epoch the policy epoch that it accepts
 * @param textHash SHA-256 of the text that was shown
 * @param scopes what is agreed to
 * @param at when the owner agreed, by the device's clock, to the millisecond
 * @param device the device on which the owner agreed
 * @param signature Ed25519 signature by that device over {@link #statement}
 */
public record Consent(long epoch, Opaque textHash, Set<Scope> scopes, Instant at, DeviceId device, Opaque signature) {
    public Consent {
        scopes = Set.copyOf(scopes);
    }

    /** What the device signs: the tag, its own key and every field of the consent. */
    public static byte[] statement(
            Tag tag, DeviceKey key, DeviceId device, long epoch, Opaque textHash, Set<Scope> scopes, Instant at) {
        Statement statement = Statement.of("lethe/1 consent")
                .with(tag.bytes())
                .with(key.bytes())
                .with(device.bytes())
                .with(epoch)
                .with(textHash)
                .with(at.toEpochMilli());
        ordered(scopes).forEach(scope -> statement.with(scope.name()));
        return statement.toBytes();
    }

    /** Whether the key's owner signed this consent for this tag. */
    public boolean isSignedBy(DeviceKey key, Tag tag) {
        return key.signed(statement(tag, key, device, epoch, textHash, scopes, at), signature);
    }

    private static Set<Scope> ordered(Set<Scope> scopes) {
        return scopes.isEmpty() ? Set.of() : EnumSet.copyOf(scopes);
    }
}
