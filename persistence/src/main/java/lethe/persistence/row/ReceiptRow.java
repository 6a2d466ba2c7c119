package lethe.persistence.row;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;

/**
 * A terminal receipt, as stored.
 *
 * @param version of this form
 * @param id the message
 * @param state the word
 * @param at milliseconds since 1970
 * @param fallback whether the sender's device shall send it as an SMS
 * @param fingerprint of the envelope
 */
record ReceiptRow(
        @JsonProperty("v") int version,
        @JsonProperty("id") Opaque id,
        @JsonProperty("state") String state,
        @JsonProperty("at") long at,
        @JsonProperty("fallback") boolean fallback,
        @JsonProperty("fingerprint") long fingerprint) {

    static final int VERSION = 1;

    ReceiptRow {
        Versions.check("receipt row", version, VERSION);
    }

    static ReceiptRow of(Receipt receipt) {
        return new ReceiptRow(
                VERSION,
                receipt.id().bytes(),
                receipt.state().word(),
                receipt.at().toEpochMilli(),
                receipt.fallback(),
                receipt.fingerprint());
    }

    Receipt toReceipt() {
        return new Receipt(
                new MessageId(id), ReceiptState.ofWord(state), Instant.ofEpochMilli(at), fallback, fingerprint);
    }
}
