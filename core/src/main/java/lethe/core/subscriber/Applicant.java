package lethe.core.subscriber;

import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.account.PinProof;
import lethe.core.consent.Consent;
import org.jspecify.annotations.Nullable;

/**
 * Who asks to opt in. All signatures have been checked.
 *
 * @param device that asks
 * @param account that the device belongs to; null if it says that the broker knows
 * @param proof what is known of the number
 * @param pin what the account shows of the registration PIN of the account before it; null if nothing
 */
public record Applicant(
        Consent consent,
        Device device,
        @Nullable Account account,
        Proof proof,
        @Nullable PinProof pin) {
    /** Who shows nothing of a PIN. */
    public Applicant(Consent consent, Device device, @Nullable Account account, Proof proof) {
        this(consent, device, account, proof, null);
    }

    /** The same one, of whose number something else is known. */
    public Applicant with(Proof other) {
        return new Applicant(consent, device, account, other, pin);
    }

    /** Whether the number behind the address has been proven for the account. */
    public enum Proof {
        /** It has not. */
        NONE,
        /** This installation asks for none: whoever comes first has an address. */
        NOT_ASKED,
        /** By a verifier that this installation believes. */
        SHOWN
    }
}
