package lethe.loadtest.capture;

import java.util.List;
import lethe.core.identity.PlainIdentifier;
import lethe.device.sim.Sim;

/**
 * All that a phone knows of its owner.
 *
 * @param subscription what 3GPP TS 23.003 calls an IMSI, in section 2.2
 * @param equipment what it calls an IMEI, in section 6.2
 * @param carrier as the phone's status bar names it
 * @param contacts the address book
 */
record Owner(Person person, String subscription, String equipment, String carrier, List<Person> contacts) {
    Owner {
        contacts = List.copyOf(contacts);
    }

    /** As the phone's system tells it to the library. */
    Sim sim() {
        return new Sim(
                PlainIdentifier.of(PlainIdentifier.Kind.IMSI, subscription),
                PlainIdentifier.of(PlainIdentifier.Kind.IMEI, equipment));
    }

    @Override
    public String toString() {
        return "Owner[***]";
    }
}
