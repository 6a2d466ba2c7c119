package lethe.client.sealing;

import java.util.Arrays;
import java.util.Optional;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.PlainIdentifier.Kind;
import lethe.core.identity.RevealsIdentifiers;
import lethe.core.ownership.Ownership;

/**
 * What a phone tells a verifier, and nobody else: its number, the account key that the number shall be proven for, the
 * key that it will ask taggers with, and a nonce that the statement has to repeat.
 *
 * @param number of the kind {@link Kind#NUMBER}; whoever has no more use for it wipes it
 * @param permitKey drawn for this alone, so that taggers and brokers have nothing in common to compare
 */
public record SessionRequest(PlainIdentifier number, DeviceKey account, DeviceKey permitKey, Opaque nonce) {
    /** Bytes of every request, whatever the number. */
    static final int LENGTH = 1 + 1 + 16 + 2 * DeviceKey.LENGTH + Ownership.NONCE;

    private static final byte VERSION = 1;
    private static final int DIGITS = 2;
    private static final int ACCOUNT = DIGITS + 16;
    private static final int PERMIT = ACCOUNT + DeviceKey.LENGTH;
    private static final int NONCE = PERMIT + DeviceKey.LENGTH;

    /**
     * A request.
     *
     * @throws IllegalArgumentException if it is not about a number, or the nonce has another length
     */
    public SessionRequest {
        if (number.kind() != Kind.NUMBER || nonce.length() != Ownership.NONCE) {
            throw new IllegalArgumentException("a number and a nonce of " + Ownership.NONCE + " bytes");
        }
    }

    /** Version, length of the number, the number filled up with zeros, the two keys, the nonce. To be wiped. */
    @RevealsIdentifiers("the number is sealed before it leaves")
    byte[] encode() {
        byte[] bytes = new byte[LENGTH];
        byte[] digits = number.revealBytes();
        bytes[0] = VERSION;
        bytes[1] = (byte) digits.length;
        System.arraycopy(digits, 0, bytes, DIGITS, digits.length);
        System.arraycopy(account.bytes().shared(), 0, bytes, ACCOUNT, DeviceKey.LENGTH);
        System.arraycopy(permitKey.bytes().shared(), 0, bytes, PERMIT, DeviceKey.LENGTH);
        System.arraycopy(nonce.shared(), 0, bytes, NONCE, Ownership.NONCE);
        Arrays.fill(digits, (byte) 0);
        return bytes;
    }

    /** Reads what {@link #encode} writes, and nothing else; the bytes are left as they are. */
    static Optional<SessionRequest> decode(byte[] bytes) {
        if (bytes.length != LENGTH || bytes[0] != VERSION || bytes[1] < 0 || bytes[1] > ACCOUNT - DIGITS) {
            return Optional.empty();
        }
        for (int i = DIGITS + bytes[1]; i < ACCOUNT; i++) {
            if (bytes[i] != 0) {
                return Optional.empty();
            }
        }
        char[] digits = new char[bytes[1]];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (char) (bytes[DIGITS + i] & 0xff);
        }
        try {
            return Optional.of(new SessionRequest(
                    PlainIdentifier.of(Kind.NUMBER, digits),
                    new DeviceKey(Opaque.wrap(Arrays.copyOfRange(bytes, ACCOUNT, PERMIT))),
                    new DeviceKey(Opaque.wrap(Arrays.copyOfRange(bytes, PERMIT, NONCE))),
                    Opaque.wrap(Arrays.copyOfRange(bytes, NONCE, LENGTH))));
        } catch (IllegalArgumentException noNumber) {
            Arrays.fill(digits, '0');
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "SessionRequest[***]";
    }
}
