package lethe.core.protocol;

import java.time.Duration;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.core.ownership.Ownership;
import lethe.core.permit.Permit;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of a verifier's resources, beside {@link Ownership} and {@link Permit}, which are what all of it is for.
 * The number is in none of them but sealed.
 */
public final class VerifierBodies {
    private VerifierBodies() {}

    /**
     * {@code GET /v1/key}: for whoever sets phones up.
     *
     * @param sealing X25519, 32 bytes
     * @param signing Ed25519, 32 bytes
     */
    public record VerifierKeys(Opaque sealing, DeviceKey signing) {}

    /**
     * {@code POST /v1/sessions}: number, account key, permit key and nonce, sealed to the verifier (RFC 9180).
     *
     * @param encapsulated X25519, 32 bytes
     * @param sealed of one length for all
     */
    public record OpenSession(Opaque encapsulated, Opaque sealed) {}

    /**
     * How far a proof of ownership has come.
     *
     * @param id whoever knows it can go on with the session
     * @param sent whether a code was sent, that counts
     * @param tries how many are left
     * @param nextCode how long until the code can be asked for (again)
     * @param ends how long until all of it is forgotten
     * @param proven whether the text has come: the statement may be asked for
     * @param text what proves the number as well as a code does, when it comes from that number; null if texts are not
     *     taken
     */
    public record Registration(
            SessionId id,
            boolean sent,
            int tries,
            Duration nextCode,
            Duration ends,
            boolean proven,
            @Nullable TextToSend text) {
        @Override
        public String toString() {
            return "Registration[***]";
        }
    }

    /**
     * A text that the phone may send instead of reading one.
     *
     * @param to a short code, digits
     * @param text one SMS of ASCII; whoever knows it, and has somebody send it, has proven that number for itself
     */
    public record TextToSend(String to, String text) {
        @Override
        public String toString() {
            return "TextToSend[***]";
        }
    }

    /**
     * The number is proven: what the broker wants to be shown, and what taggers do.
     *
     * @param permit for the phone's permit key
     */
    public record Proven(Ownership ownership, Permit permit) {}

    /**
     * {@code PUT /v1/sessions/ID/code}.
     *
     * @param code six digits
     */
    public record SubmitCode(String code) {
        @Override
        public String toString() {
            return "SubmitCode[***]";
        }
    }
}
