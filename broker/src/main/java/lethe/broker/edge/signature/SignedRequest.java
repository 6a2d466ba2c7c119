package lethe.broker.edge.signature;

import java.time.Instant;
import java.util.Optional;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What a device claims to have signed: everything but whether the signature holds, which only its key can tell.
 *
 * @param tag the sender's own address
 * @param recipient the recipient's address, covered by the signature; null if the request has none
 * @param device the signing device
 * @param created when, by the device's clock
 * @param nonce 16 to 64 characters, never used twice by one device
 * @param base the signed bytes
 * @param signature Ed25519 over the base
 */
public record SignedRequest(
        Tag tag,
        @Nullable Tag recipient,
        DeviceId device,
        Instant created,
        Opaque nonce,
        Opaque base,
        Opaque signature) {

    /** The recipient, if the request names one. */
    public Optional<Tag> to() {
        return Optional.ofNullable(recipient);
    }

    @Override
    public String toString() {
        return "SignedRequest[***]";
    }
}
