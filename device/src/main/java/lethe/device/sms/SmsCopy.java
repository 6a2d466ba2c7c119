package lethe.device.sms;

import lethe.core.identity.PlainIdentifier;

/**
 * A message as it would go out by SMS. It stays on the phone.
 *
 * @param number of the recipient
 * @param text in clear
 */
public record SmsCopy(PlainIdentifier number, String text) {
    public SmsCopy {
        if (number.kind() != PlainIdentifier.Kind.NUMBER) {
            throw new IllegalArgumentException("an SMS goes to a number");
        }
    }

    @Override
    public String toString() {
        return "SmsCopy[***]";
    }
}
