package lethe.device.sim;

import lethe.core.identity.PlainIdentifier;

/**
 * The card in the phone and the phone itself, as the operating system tells: IMSI (3GPP TS 23.003, 2.2) and IMEI (6.2).
 * It does not leave the phone, and cannot be printed.
 */
public record Sim(PlainIdentifier imsi, PlainIdentifier imei) {
    /**
     * A card in a phone.
     *
     * @throws IllegalArgumentException if the kinds are others
     */
    public Sim {
        if (imsi.kind() != PlainIdentifier.Kind.IMSI || imei.kind() != PlainIdentifier.Kind.IMEI) {
            throw new IllegalArgumentException("a SIM is an IMSI and an IMEI");
        }
    }
}
