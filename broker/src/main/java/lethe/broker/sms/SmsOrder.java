package lethe.broker.sms;

import java.time.Instant;
import lethe.core.identity.Opaque;

/**
 * What a gateway is told of an SMS.
 *
 * @param capsule as the sender's phone made it
 * @param expires not sent from then on
 * @param payer the sender, by a name made for the gateway alone: 16 bytes, the same all day
 * @param label what the gateway brings back with the report: whose message it is, sealed ({@link SmsNames})
 */
public record SmsOrder(Opaque capsule, Instant expires, Opaque payer, Opaque label) {
    @Override
    public String toString() {
        return "SmsOrder[***]";
    }
}
