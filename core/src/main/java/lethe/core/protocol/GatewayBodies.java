package lethe.core.protocol;

import java.time.Instant;
import java.util.List;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import org.jspecify.annotations.Nullable;

/** The bodies of a gateway's resources, beside {@link Bodies.Ids}. Number and text are in none of them but sealed. */
public final class GatewayBodies {
    /** Bytes of the largest capsule. */
    public static final int MOST_CAPSULE = 4153;

    /** Bytes of what a broker calls a subscriber by, towards a gateway. */
    public static final int PSEUDONYM = 16;

    /** The most bytes that a report brings back. */
    public static final int MOST_LABEL = 64;

    private GatewayBodies() {}

    /**
     * {@code GET /v1/key}: for whoever sets phones up.
     *
     * @param sealing X25519, 32 bytes
     */
    public record GatewayKeys(Opaque sealing) {}

    /**
     * {@code PUT /v1/sms/ID}.
     *
     * @param capsule as the sender's phone made it, up to {@link #MOST_CAPSULE} bytes
     * @param expires not sent from then on, whatever stands in the capsule
     * @param subscriber whose cost it is: {@link #PSEUDONYM} bytes that the broker makes for the gateway alone
     * @param label what the report brings back, up to {@link #MOST_LABEL} bytes that say nothing to the gateway; null
     *     for none
     */
    public record SendSms(
            Opaque capsule,
            Instant expires,
            Opaque subscriber,
            @Nullable Opaque label) {
        /** Without a label. */
        public SendSms(Opaque capsule, Instant expires, Opaque subscriber) {
            this(capsule, expires, subscriber, null);
        }

        @Override
        public String toString() {
            return "SendSms[***]";
        }
    }

    /**
     * It is taken: there will be exactly one report, unless it is taken anew after {@link SmsEnd#UNSENT}.
     *
     * @param until the report is there by then
     */
    public record SmsTaken(Instant until) {}

    /**
     * What became of one.
     *
     * @param at when that was known
     * @param label as it was put; null if there was none
     */
    public record SmsReport(
            MessageId id,
            SmsEnd state,
            Instant at,
            @Nullable Opaque label) {
        /** Of one that was put without a label. */
        public SmsReport(MessageId id, SmsEnd state, Instant at) {
            this(id, state, at, null);
        }
    }

    /**
     * {@code GET /v1/reports}: oldest first, of those that nobody has acknowledged.
     *
     * @param next for the next request: what comes after these
     */
    public record SmsReports(List<SmsReport> reports, String next) {
        public SmsReports {
            reports = List.copyOf(reports);
        }
    }
}
