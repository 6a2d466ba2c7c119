package lethe.persistence.row;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Urgency;
import lethe.core.queue.Envelope;
import lethe.core.queue.Slot;
import lethe.core.subscriber.HeldEnvelope;

/**
 * An envelope that waits, as stored. Its id is the row's address.
 *
 * @param version of this form
 * @param device for which it waits
 * @param incarnation of its slot
 * @param number of its slot
 * @param urgency the word
 * @param expires milliseconds since 1970
 * @param fallback the word
 * @param deadline milliseconds since 1970
 * @param body ciphertext
 */
record HeldRow(
        @JsonProperty("v") int version,
        @JsonProperty("device") Opaque device,
        @JsonProperty("incarnation") long incarnation,
        @JsonProperty("number") long number,
        @JsonProperty("urgency") String urgency,
        @JsonProperty("expires") long expires,
        @JsonProperty("fallback") String fallback,
        @JsonProperty("deadline") long deadline,
        @JsonProperty("body") Opaque body) {

    static final int VERSION = 1;

    HeldRow {
        Versions.check("held row", version, VERSION);
    }

    static HeldRow of(HeldEnvelope held) {
        var envelope = held.envelope();
        return new HeldRow(
                VERSION,
                held.device().bytes(),
                held.slot().incarnation(),
                held.slot().number(),
                envelope.urgency().word(),
                envelope.expires().toEpochMilli(),
                envelope.fallback().word(),
                envelope.deadline().toEpochMilli(),
                envelope.body());
    }

    HeldEnvelope toHeld(MessageId id) {
        var envelope = new Envelope(
                id,
                body,
                Urgency.ofWord(urgency),
                Instant.ofEpochMilli(expires),
                Fallback.ofWord(fallback),
                Instant.ofEpochMilli(deadline));
        return new HeldEnvelope(new Slot(incarnation, number), new DeviceId(device), envelope);
    }
}
